import { createLogUpdate } from 'log-update';
import { screenText, Screen } from './screen.ts';
import type { View } from './view.ts';

/** One screen that is drawn again a few times a second, for a terminal. */
export function liveView(stream: NodeJS.WriteStream, site: string): View {
  // A hidden cursor brings handlers of signals that end the process before it has ended what it started.
  const draw = createLogUpdate(stream, { showCursor: true });
  const start = performance.now();
  const screen = new Screen(site);
  const redraw = () => {
    draw(screenText(screen, (performance.now() - start) / 1000));
  };
  return {
    tell: (event) => {
      screen.hear(event);
      redraw();
    },
    end: () => {
      screen.finish();
      redraw();
      draw.done();
    },
  };
}
