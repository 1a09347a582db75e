// The server's table of contents: which rules hold for every request, and which routes there are.
import { OpenAPIHono } from '@hono/zod-openapi';
import { HTTPException } from 'hono/http-exception';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { OperationalError } from '../../src/errors.ts';
import { isForeign } from './caller.ts';
import type { Assets } from './assets.ts';
import { chatRoutes, type ChatRoutesDeps } from './chat.ts';
import { type Call, type Env, Refusal, withContext } from './context.ts';
import type { WebDeps } from './deps.ts';
import { problem } from './problem.ts';
import { restRoutes } from './rest.ts';

type WebAppDeps = WebDeps & ChatRoutesDeps & { readonly assets: Assets };

export function makeWebApp(deps: WebAppDeps): OpenAPIHono<Env> {
  const { assets } = deps;
  const app = new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (!result.success)
        throw new Refusal('malformed', {
          members: { errors: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) },
        });
      return undefined;
    },
  });

  const frames = [...(deps.inside?.values() ?? [])].flatMap((each) => each.frames);
  app.use(withContext(deps));
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: frames.length === 0 ? ["'none'"] : [...frames],
        requireTrustedTypesFor: ["'script'"],
      },
      // The policy above says it better, and can name sites.
      xFrameOptions: frames.length === 0,
      referrerPolicy: 'no-referrer',
      // Only whoever ends TLS in front of us can promise it.
      strictTransportSecurity: false,
    }),
  );
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c: Call, methods) =>
        problem(c.get('say'), 'method-not-allowed', { headers: { allow: methods.join(', ') } }),
    }),
  );
  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && isForeign(c.get('facts')))
      throw new Refusal('foreign-origin');
    await next();
  });

  app.get('/', (c) =>
    c.html(assets.page(c.get('language'), c.get('say')), 200, {
      'cache-control': 'no-cache',
      vary: 'accept-language',
    }),
  );
  app.get('/service-worker.js', (c) =>
    c.body(assets.serviceWorker, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  );
  app.get(`${assets.base}/:name`, async (c) => {
    const file = assets.files.get(c.req.param('name')) ?? (await assets.icon(c.req.param('name')));
    if (file === undefined) throw new Refusal('not-found');
    return new Response(file.bytes, {
      headers: { 'content-type': file.type, 'cache-control': 'public, max-age=31536000, immutable' },
    });
  });
  app.route('/chat', chatRoutes(deps));
  restRoutes(app, deps);
  for (const { path, handle } of deps.doors ?? []) app.post(path, (c) => handle(c.req.raw));
  app.notFound((c: Call) => problem(c.get('say'), 'not-found'));
  app.onError((error, c: Call) => {
    const say = c.get('say');
    if (error instanceof Refusal) return problem(say, error.code, error.more);
    if (error instanceof HTTPException) {
      if (error.status === 415) return problem(say, 'unsupported-type');
      if (error.status < 500) return problem(say, 'malformed');
    }
    // They hung up in the middle of what they sent: nobody is there to be told, and nothing is wrong here.
    if (c.env.incoming.readableAborted && 'code' in error && error.code === 'ECONNRESET')
      return problem(say, 'malformed');
    deps.log.error({ err: error, method: c.req.method, path: c.req.path }, 'a request failed');
    return problem(say, error instanceof OperationalError ? 'storage' : 'internal');
  });
  return app;
}
