// Which engine trains and reads: chosen by name, loaded only when chosen.
import type { Engine } from './engine.ts';

export async function openEngine(name: Engine['name']): Promise<Engine> {
  switch (name) {
    case 'onnx':
      return (await import('./onnx/engine.ts')).onnxEngine;
    case 'tfjs':
      return (await import('./tfjs/open.ts')).openTfjsEngine();
  }
}
