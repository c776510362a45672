import type { Sample } from '@canary/api/client';
import type { Sides } from '../state/sides.ts';
import type { Palette } from './colours.ts';

/** A request, as a dot: when within the second it enters, at which height, and how it went. */
export interface Dot {
  /** From 0 to 1. */
  readonly phase: number;
  /** From 0 to 1. */
  readonly height: number;
  readonly side: 'stable' | 'canary';
  readonly failed: boolean;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** One dot for each request of the sample, the releases mixed evenly. */
export function dotsOf(sample: Sample | undefined, sides: Sides): Dot[] {
  const kinds = (['stable', 'canary'] as const).flatMap((side) => {
    const { requests = 0, failed = 0 } = sample?.releases[sides[side] ?? ''] ?? {};
    return [
      { side, failed: false, count: Math.round(requests) - Math.round(failed) },
      { side, failed: true, count: Math.round(failed) },
    ];
  });
  const dots = kinds.flatMap(({ count, ...kind }, index) =>
    Array.from({ length: Math.max(0, count) }, (_, number) => ({
      ...kind,
      phase: (number + 0.5) / count,
      // A low-discrepancy sequence: even, and not in rows.
      height: (0.13 + 0.37 * index + number * GOLDEN) % 1,
    })),
  );
  return dots.sort((a, b) => a.phase - b.phase);
}

/** Where the dots are, on a canvas of so many pixels. */
export interface Field {
  readonly width: number;
  readonly height: number;
  /** Pixels per dot of the screen. */
  readonly ratio: number;
}

/**
 * Draws the dots: a circle for a request that was answered, a cross for one that failed.
 *
 * @param moved how far they have moved, from 0 to 1: the dots of one second fill the field
 */
export function drawDots(
  ctx: CanvasRenderingContext2D,
  dots: readonly Dot[],
  field: Field,
  { moved, palette }: { readonly moved: number; readonly palette: Palette },
): void {
  const { width, height, ratio } = field;
  const radius = radiusFor(dots.length, field);
  const margin = radius + 2 * ratio;
  ctx.clearRect(0, 0, width, height);
  ctx.lineWidth = Math.max(1.6 * ratio, radius * 0.6);
  ctx.lineCap = 'round';
  for (const side of ['stable', 'canary'] as const) {
    ctx.fillStyle = palette[side];
    ctx.strokeStyle = palette[side];
    for (const failed of [false, true]) {
      ctx.beginPath();
      for (const dot of dots) {
        if (dot.side !== side || dot.failed !== failed) continue;
        const x = margin + ((dot.phase + moved) % 1) * (width - 2 * margin);
        const y = margin + dot.height * (height - 2 * margin);
        if (failed) cross(ctx, x, y, radius * 1.25);
        else {
          ctx.moveTo(x + radius, y);
          ctx.arc(x, y, radius, 0, 2 * Math.PI);
        }
      }
      if (failed) ctx.stroke();
      else ctx.fill();
    }
  }
}

/** Dots cover a tenth of the field, and stay to be seen. */
function radiusFor(count: number, { width, height, ratio }: Field): number {
  const wanted = Math.sqrt((0.1 * width * height) / (Math.PI * Math.max(1, count)));
  return Math.min(6 * ratio, Math.max(1.8 * ratio, wanted));
}

function cross(ctx: CanvasRenderingContext2D, x: number, y: number, arm: number): void {
  ctx.moveTo(x - arm, y - arm);
  ctx.lineTo(x + arm, y + arm);
  ctx.moveTo(x - arm, y + arm);
  ctx.lineTo(x + arm, y - arm);
}
