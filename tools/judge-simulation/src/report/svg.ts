/** Colours that most people can tell apart (Okabe and Ito), for light and for dark backgrounds. */
const STYLE = `
text { font: 12px system-ui, sans-serif; fill: #333 }
.title { font-weight: 600; font-size: 14px }
.axis { stroke: #999; stroke-width: 1; fill: none }
.grid { stroke: #ddd; stroke-width: 1; fill: none }
.limit { stroke: #555; stroke-dasharray: 4 3; fill: none }
.line { fill: none; stroke-width: 2 }
.ours { stroke: #0072b2; fill: #0072b2 } .robust { stroke: #009e73; fill: #009e73 }
.flagger { stroke: #d55e00; fill: #d55e00 } .argo { stroke: #b07c00; fill: #b07c00 }
.kayenta { stroke: #b0508a; fill: #b0508a }
.line.ours, .line.robust, .line.flagger, .line.argo, .line.kayenta { fill: none }
text.ours, text.robust, text.flagger, text.argo, text.kayenta { stroke: none }
@media (prefers-color-scheme: dark) {
text { fill: #ddd } .axis { stroke: #888 } .grid { stroke: #444 } .limit { stroke: #bbb }
.ours { stroke: #56b4e9; fill: #56b4e9 } .robust { stroke: #2fc79a; fill: #2fc79a }
.flagger { stroke: #ff8a3d; fill: #ff8a3d } .argo { stroke: #e6b030; fill: #e6b030 }
.kayenta { stroke: #e08fc0; fill: #e08fc0 }
}`;

/** The judges that are drawn, each with a shape and a dash of its own besides its colour. */
export type Drawn = 'ours' | 'robust' | 'flagger' | 'argo' | 'kayenta';

const DASHES: Record<Drawn, string> = {
  ours: '',
  robust: '2 3',
  flagger: '8 3',
  argo: '6 3 2 3',
  kayenta: '12 4',
};

/** A point of a plot, in pixels. */
export type Point = readonly [x: number, y: number];

/** A whole picture. */
export function svg(width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`;
}

/** Some text, anchored at its start unless told otherwise. */
export function text(
  at: Point,
  content: string,
  kind: { class?: string; anchor?: string } = {},
): string {
  const anchor = kind.anchor === undefined ? '' : ` text-anchor="${kind.anchor}"`;
  const name = kind.class === undefined ? '' : ` class="${kind.class}"`;
  return `<text x="${round(at[0])}" y="${round(at[1])}"${anchor}${name}>${content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</text>`;
}

/** A line through points, of a class of its own. */
export function rule(name: string, points: readonly Point[]): string {
  return `<path class="${name}" d="${pathOf(points)}"/>`;
}

/** A judge's line. */
export function curve(judge: Drawn, points: readonly Point[]): string {
  return `<path class="line ${judge}" stroke-dasharray="${DASHES[judge]}" d="${pathOf(points)}"/>`;
}

/** A judge's mark. */
export function mark(judge: Drawn, [x, y]: Point): string {
  const shapes: Record<Drawn, string> = {
    ours: `M${round(x - 4)} ${round(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`,
    robust: `M${round(x)} ${round(y - 5)}l5 5l-5 5l-5 -5z`,
    flagger: `M${round(x - 4)} ${round(y - 4)}h8v8h-8z`,
    argo: `M${round(x)} ${round(y - 5)}l5 9h-10z`,
    kayenta: `M${round(x)} ${round(y + 5)}l5 -9h-10z`,
  };
  return `<path class="${judge}" d="${shapes[judge]}"/>`;
}

/** From a range of values to one of pixels, on a scale made straight by `by`. */
export function scale(values: Point, pixels: Point, by: (value: number) => number) {
  const [from, to] = [by(values[0]), by(values[1])];
  return (value: number) => {
    const share = (by(value) - from) / (to - from);
    return pixels[0] + Math.min(1, Math.max(0, share)) * (pixels[1] - pixels[0]);
  };
}

function pathOf(points: readonly Point[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

function round(value: number): string {
  return Number(value.toFixed(1)).toString();
}
