// ONNX Runtime for Node reports to its makers unless it is told not to: it writes into the user's cache and asks the network. This
// file says no before the runtime is loaded. The runtime reads the variable from the process itself, so a thread cannot set it.
import { isMainThread } from 'node:worker_threads';

const SWITCH = 'ORT_DISABLE_TELEMETRY';

export const telemetry = 'off';

if (isMainThread) process.env[SWITCH] = '1';
else if (process.env[SWITCH] !== '1') throw new Error('import src/model/onnx/runtime.ts in the main thread first');
