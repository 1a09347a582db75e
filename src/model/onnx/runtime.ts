// The one door to ONNX Runtime, so that it is never loaded before its telemetry is off. Keep the order of the first two lines.
export { telemetry } from './quiet.ts';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export { InferenceSession, Tensor };

/** A session that keeps to so many cores. Threads without work sleep: spinning, they would take the cores of whoever answers people. */
export function openSession(
  model: Uint8Array,
  threads: number,
  options: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...options,
  });
}
