// Finds the TensorFlow.js that ENGINE=tfjs runs on: the native @tensorflow/tfjs-node, which is installed only by those who want it.
import { messageOf, UsageError } from '../../errors.ts';
import type { Engine } from '../engine.ts';
import { makeTfjsEngine } from './engine.ts';
import type { TensorFlow } from './forward.ts';

const PACKAGE = '@tensorflow/tfjs-node';

/** Throws UsageError saying how to get the package, when it is missing or does not load. */
export async function openTfjsEngine(load: () => Promise<unknown> = () => import(PACKAGE)): Promise<Engine> {
  try {
    return makeTfjsEngine((await load()) as TensorFlow);
  } catch (cause) {
    const why = messageOf(cause).split('\n')[0] ?? '';
    throw new UsageError(
      `ENGINE=tfjs needs the package ${PACKAGE}, and it does not load (${why}): run \`npm install ${PACKAGE}\` on a Node it supports (up to 22), or leave ENGINE at onnx`,
      { cause },
    );
  }
}
