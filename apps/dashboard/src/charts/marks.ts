import type uPlot from 'uplot';
import type { Palette } from './colours.ts';

/** A time that is marked in a graph, such as the beginning of a stage. */
export interface Mark {
  /** Seconds since the Unix epoch. */
  readonly at: number;
  readonly label: string;
}

/** Draws each mark as a line, with its name at the top where there is room for it. */
export function drawMarks(plot: uPlot, marks: readonly Mark[], palette: Palette): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const end = bbox.left + bbox.width;
  let free = -Infinity;
  ctx.save();
  ctx.font = `${10.5 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  ctx.lineWidth = ratio;
  ctx.setLineDash([2 * ratio, 3 * ratio]);
  for (const { at, label } of marks) {
    const x = Math.round(plot.valToPos(at, 'x', true));
    if (x < bbox.left || x > end) continue;
    ctx.strokeStyle = palette.mark;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    const left = x + 3 * ratio;
    const right = left + ctx.measureText(label).width;
    if (left < free || right > end) continue;
    ctx.fillStyle = palette.muted;
    ctx.fillText(label, left, bbox.top + ratio);
    free = right + 4 * ratio;
  }
  ctx.restore();
}
