// The default engine: ONNX Runtime, for reading and, with the training step itself an ONNX graph, for learning.
import type { Engine } from '../engine.ts';
import { loadOnnx } from './inference.ts';
import { compileOnnx } from './trainer.ts';

export const onnxEngine: Engine = {
  name: 'onnx',
  compile: compileOnnx,
  load: (network, options) => loadOnnx(network, options?.threads ?? 1),
};
