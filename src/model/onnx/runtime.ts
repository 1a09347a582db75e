// The one door to ONNX Runtime, so that it is never loaded before its telemetry is off. Keep the order of the two lines.
export { telemetry } from './quiet.ts';
export { InferenceSession, Tensor } from 'onnxruntime-node';
