// IEEE 754 half precision: five bits of exponent, ten of fraction. Weights are stored so to halve a model's file.

const bits = new Uint32Array(1);
const float = new Float32Array(bits.buffer);

/** Each number rounded to the nearest float16, ties to even; too large ones become infinite. */
export function toHalf(numbers: Float32Array): Uint16Array {
  return Uint16Array.from(numbers, (number) => {
    float[0] = number;
    const pattern = bits[0] ?? 0;
    const sign = (pattern >>> 16) & 0x8000;
    const magnitude = Math.abs(number);
    if (Number.isNaN(number)) return sign | 0x7e00;
    if (magnitude >= 65520) return sign | 0x7c00;
    // Below 2^-14 the steps are 2^-24 wide; above, rounding 13 bits away may carry into the exponent, as it should.
    if (magnitude < 2 ** -14) return sign | roundHalfEven(magnitude * 2 ** 24);
    const kept = pattern & 0x7fff_ffff;
    return sign | ((kept + 0x0fff + ((kept >>> 13) & 1) - 0x3800_0000) >>> 13);
  });
}

export function fromHalf(halves: Uint16Array): Float32Array {
  known ??= allHalves();
  const numbers = new Float32Array(halves.length);
  // A plain loop: `from` asks an iterator for each of the millions of weights that a start reads.
  for (let at = 0; at < halves.length; at++) numbers[at] = known[halves[at] ?? 0] ?? 0;
  return numbers;
}

/** What each of the 65,536 patterns stands for. */
let known: Float32Array | undefined;

function allHalves(): Float32Array {
  const numbers = new Float32Array(0x1_0000);
  for (let half = 0; half < numbers.length; half++) {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) numbers[half] = sign * fraction * 2 ** -24;
    else if (exponent === 0x1f) numbers[half] = fraction === 0 ? sign * Infinity : NaN;
    else numbers[half] = sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }
  return numbers;
}

function roundHalfEven(number: number): number {
  const floor = Math.floor(number);
  const rest = number - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
