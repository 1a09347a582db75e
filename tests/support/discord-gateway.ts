// The fake Discord's gateway: identify, heartbeat, resume and dispatch over a real WebSocket, as strict as the real one.
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { tokenBytes } from './token.ts';

/** Intents a bot has to be granted in the developer portal: members, presences, message content. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

interface Session {
  readonly id: string;
  readonly intents: number;
  sequence: number;
  /** What was dispatched, for a resume. */
  readonly sent: { readonly s: number; readonly frame: string }[];
  socket: WebSocket | undefined;
}

export interface DiscordGateway {
  /** Sends an event to every session that has one of the `intents` (0: everybody). A dropped session gets it when it resumes. */
  dispatch(type: string, data: unknown, intents?: number): void;
  /** Sessions with an open socket. */
  connected(): number;
  /** Times that a bot identified, and resumed. */
  readonly counts: { identified: number; resumed: number };
  /** Closes every socket as a network or the server does; the sessions can be resumed. */
  drop(code?: number): void;
  /** Asks every bot to reconnect (op 7). */
  askToReconnect(): void;
  /** Forgets every session: a resume gets op 9. */
  forget(): void;
  close(): void;
}

export interface GatewayDeps {
  readonly server: Server;
  readonly token: () => string;
  readonly heartbeatMs: number;
  readonly allowPrivileged: boolean;
  readonly url: () => string;
  readonly ready: () => { readonly user: object; readonly application: object; readonly guilds: readonly object[] };
  readonly changed: () => void;
}

export function makeDiscordGateway(deps: GatewayDeps): DiscordGateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const counts = { identified: 0, resumed: 0 };

  deps.server.on('upgrade', (request, socket, head) => {
    if (!(request.url ?? '').startsWith('/gateway')) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (ws) => serve(ws));
  });

  function send(session: Session, type: string, data: unknown): void {
    session.sequence += 1;
    const frame = JSON.stringify({ op: 0, t: type, s: session.sequence, d: data });
    session.sent.push({ s: session.sequence, frame });
    if (session.sent.length > 1000) session.sent.shift();
    session.socket?.send(frame);
  }

  function serve(socket: WebSocket): void {
    let session: Session | undefined;
    let lastBeat = Date.now();
    const watch = setInterval(() => {
      if (Date.now() - lastBeat > deps.heartbeatMs * 2) socket.close(4009, 'Session timed out');
    }, deps.heartbeatMs);
    socket.on('close', () => {
      clearInterval(watch);
      if (session?.socket === socket) session.socket = undefined;
      deps.changed();
    });
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: deps.heartbeatMs } }));
    socket.on('message', (raw: Buffer) => {
      const { op, d } = JSON.parse(raw.toString('utf8')) as { op: number; d: Record<string, unknown> };
      switch (op) {
        case 1:
          lastBeat = Date.now();
          return socket.send(JSON.stringify({ op: 11 }));
        case 2: {
          if (d['token'] !== deps.token()) return socket.close(4004, 'Authentication failed.');
          const intents = Number(d['intents']);
          if ((intents & PRIVILEGED) !== 0 && !deps.allowPrivileged) return socket.close(4014, 'Disallowed intent(s).');
          session = { id: tokenBytes(16).toString('hex'), intents, sequence: 0, sent: [], socket };
          sessions.set(session.id, session);
          counts.identified += 1;
          const { user, application, guilds } = deps.ready();
          send(session, 'READY', {
            v: 10,
            user,
            application,
            guilds: guilds.map((guild) => ({ id: (guild as { id: string }).id, unavailable: true })),
            session_id: session.id,
            resume_gateway_url: deps.url(),
            shard: [0, 1],
          });
          if ((intents & 1) !== 0) for (const guild of guilds) send(session, 'GUILD_CREATE', guild);
          return deps.changed();
        }
        case 6: {
          if (d['token'] !== deps.token()) return socket.close(4004, 'Authentication failed.');
          const known = sessions.get(String(d['session_id']));
          if (known === undefined) return socket.send(JSON.stringify({ op: 9, d: false }));
          session = known;
          known.socket = socket;
          counts.resumed += 1;
          for (const { s, frame } of known.sent) if (s > Number(d['seq'])) socket.send(frame);
          send(known, 'RESUMED', {});
          return deps.changed();
        }
        case 3:
        case 4:
          return undefined;
        default:
          return socket.close(4001, 'Unknown opcode.');
      }
    });
  }

  const open = (): readonly Session[] => [...sessions.values()].filter(({ socket }) => socket !== undefined);

  return {
    counts,
    dispatch(type, data, intents = 0) {
      for (const session of sessions.values()) {
        if (intents === 0 || (session.intents & intents) !== 0) send(session, type, data);
      }
    },
    connected: () => open().length,
    drop(code) {
      for (const { socket } of open()) {
        if (code === undefined) socket?.terminate();
        else socket?.close(code);
      }
    },
    askToReconnect() {
      for (const { socket } of open()) socket?.send(JSON.stringify({ op: 7, d: null }));
    },
    forget: () => sessions.clear(),
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}
