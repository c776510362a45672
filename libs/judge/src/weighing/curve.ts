/** Evidence over time; JSON. */
export interface Curve {
  /** Milliseconds since the Unix epoch, and ln E to three digits; times rise. */
  readonly points: readonly (readonly [at: number, logE: number])[];
  /** Every so many looks give a point, besides the newest. */
  readonly stride: number;
  readonly looks: number;
}

/** The curve before the first look. */
export const NO_CURVE: Curve = { points: [], stride: 1, looks: 0 };

/** Even, so that one more than that is odd. */
const MOST_POINTS = 240;

/** The curve with one more point; of more than 240 every other one is dropped, never the newest. */
export function drawn({ points, stride, looks }: Curve, at: number, logE: number): Curve {
  // JSON knows no -0.
  const point = [at, Math.round(logE * 1000) / 1000 + 0] as const;
  // The newest point is only kept where its turn has come.
  const kept = looks > 0 && (looks - 1) % stride !== 0 ? points.slice(0, -1) : points;
  const all = [...kept, point];
  if (all.length <= MOST_POINTS) return { points: all, stride, looks: looks + 1 };
  // Of an odd number the newest stays.
  return { points: all.filter((_, i) => i % 2 === 0), stride: stride * 2, looks: looks + 1 };
}
