import { useContext, useRef } from 'hono/jsx/dom';
import { colours } from '../charts/colours.ts';
import { dotsOf, drawDots } from '../charts/dot-field.ts';
import { GraphContext } from '../charts/graph-panel.tsx';
import { sidesOf } from '../state/sides.ts';
import { useOwned } from '../state/use-owned.ts';
import { usePage, useStore } from '../state/use-page.ts';
import { short } from '../text/format.ts';
import { useTexts } from '../text/language.ts';

/** A dot for each request that was counted since the last look. */
export function DotsPanel() {
  const t = useTexts();
  const store = useStore();
  const { view } = usePage();
  const { theme } = useContext(GraphContext);
  const canvas = useRef<HTMLCanvasElement>(null);
  const sides = sidesOf(view);
  const now = useRef({ sample: store.last, sides });
  now.current = { sample: store.last, sides };
  useOwned(() => animate(canvas.current!, () => now.current), [theme]);

  const counted = (['stable', 'canary'] as const).flatMap((side) => {
    const release = sides[side];
    const found = release === undefined ? undefined : store.last?.releases[release];
    return found ? [{ side, release: release!, ...found }] : [];
  });
  const failed = counted.reduce((sum, one) => sum + one.failed, 0);
  const words = counted.map(({ release, requests }) => t.now(release, String(requests))).join(', ');
  const label = store.last
    ? t.dots(words || t.noRequests, failed, short(store.last.seconds))
    : t.noRequests;
  return (
    <section class="panel dots" aria-labelledby="dots-title">
      <header>
        <h2 id="dots-title">{t.panels.dots}</h2>
        <ul class="legend">
          {counted.map(({ side, release, requests }) => (
            <li key={release}>
              <span class={`swatch ${side}`} aria-hidden="true" />
              {release} <b data-dots={side}>{requests}</b>
            </li>
          ))}
          <li>
            <span class="cross" aria-hidden="true">
              ×
            </span>
            <b>{failed}</b>
          </li>
        </ul>
      </header>
      <div class="field">
        <canvas ref={canvas} role="img" aria-label={label} />
      </div>
    </section>
  );
}

/** Moves the dots of one look across the field in the time that it covered; stands still where motion is unwanted. */
function animate(
  canvas: HTMLCanvasElement,
  now: () => Parameters<typeof dotsOf> extends [infer S, infer T] ? { sample: S; sides: T } : never,
): () => void {
  const ctx = canvas.getContext('2d')!;
  const palette = colours();
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const size = { width: 0, height: 0, ratio: devicePixelRatio };
  let shown: ReturnType<typeof now>['sample'];
  let dots = dotsOf(undefined, now().sides);
  let frame = 0;
  const resizing = new ResizeObserver(() => {
    size.ratio = devicePixelRatio;
    size.width = canvas.width = Math.round(canvas.clientWidth * size.ratio);
    size.height = canvas.height = Math.round(canvas.clientHeight * size.ratio);
    shown = undefined;
  });
  resizing.observe(canvas);
  const draw = (time: number) => {
    frame = requestAnimationFrame(draw);
    const { sample, sides } = now();
    const isNew = sample !== shown;
    if (isNew) {
      shown = sample;
      dots = dotsOf(sample, sides);
    }
    if (still.matches && !isNew) return;
    const seconds = sample?.seconds ?? 1;
    const moved = still.matches ? 0 : (time / 1000 / (4 * seconds)) % 1;
    drawDots(ctx, dots, size, { moved, palette });
  };
  frame = requestAnimationFrame(draw);
  return () => {
    cancelAnimationFrame(frame);
    resizing.disconnect();
  };
}
