// Starts sheet-thread.ts: on Node 20 a thread does not inherit the loader that understands TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./sheet-thread.ts');
