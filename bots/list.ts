// Every platform that bots live on. A new one is a folder and a line here; the page is not a bot and needs no token.
import { discord } from './discord/kind.ts';
import type { BotKind } from './kind.ts';
import { telegram } from './telegram/kind.ts';

export const botKinds: readonly BotKind[] = [telegram, discord];
