// The loss of a network that finds things (places.ts), for TensorFlow.js to differentiate.
import type * as tf from '@tensorflow/tfjs';
import { ANSWERS, LOSS, TARGETS } from '../places.ts';
import type { TensorFlow } from './forward.ts';

/** Logits [n, h, w, channels], targets [n, planes, h, w], weights [n]. */
export function placesLoss(tf: TensorFlow, logits: tf.Tensor4D, targets: tf.Tensor, weights: tf.Tensor): tf.Scalar {
  const planes = targets.transpose([0, 2, 3, 1]);
  const of = (from: tf.Tensor, start: number, count: number): tf.Tensor =>
    from.slice([0, 0, 0, start], [-1, -1, -1, count]);
  const each = weights.reshape([-1, 1, 1, 1]);

  const z = of(logits, ANSWERS.hand, 2);
  const y = of(planes, TARGETS.hand, 2);
  const p = z.sigmoid();
  const isMiddle = y.greater(1 - LOSS.least).toFloat();
  const rest = tf.sub(1, p);
  const near = isMiddle.mul(rest.pow(LOSS.focus)).mul(tf.softplus(z.neg()));
  const far = tf.sub(1, isMiddle).mul(tf.sub(1, y).pow(LOSS.far)).mul(p.pow(LOSS.focus)).mul(tf.softplus(z));
  const middles = near.add(far).mul(each).sum().div(isMiddle.sum().maximum(1));

  const sides = of(logits, ANSWERS.sides, 4);
  const trueSides = of(planes, TARGETS.sides, 4);
  const given = of(planes, TARGETS.box, 1);
  const off = sides.sub(trueSides).abs();
  const bounded = off.minimum(1);
  const smooth = bounded.mul(off.sub(bounded.mul(0.5))).sum(3, true);
  const [own, real] = [sides.exp(), trueSides.exp()];
  const both = tf.minimum(own, real);
  const area = (box: tf.Tensor): tf.Tensor =>
    of(box, 0, 1)
      .add(of(box, 2, 1))
      .mul(of(box, 1, 1).add(of(box, 3, 1)));
  const common = area(both);
  const iou = common.div(area(own).add(area(real)).sub(common));
  const boxes = smooth.add(tf.sub(1, iou)).mul(given).mul(each).sum().div(given.sum().maximum(1));

  const shown = of(logits, ANSWERS.ink, 1);
  const ink = tf.softplus(shown).sub(shown.mul(of(planes, TARGETS.ink, 1)));
  return middles.add(boxes).add(ink.mean().mul(LOSS.ink));
}
