// The notation that the hands are written down in.

/**
 * Of each text its shapes. A shape is its strokes, upright, parted by slashes; a stroke is the points the pen goes through, in
 * smooth curves. `!` after a point: the pen turns sharply there. `~`: an entry or exit stroke that some hands make short.
 * Capitals reach from 0 to 80 (the base line), small letters begin at 40, tails end about 120; y points down.
 */
export type HandShapes = Readonly<Record<string, readonly string[]>>;
