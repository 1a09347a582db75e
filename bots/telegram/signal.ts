// Node's own signal, as grammY's declarations ask for one: they name a stand-in of the same shape.
import type { Api } from 'grammy';

export function forApi(signal: AbortSignal): Parameters<Api['getMe']>[0] {
  return signal as unknown as Parameters<Api['getMe']>[0];
}
