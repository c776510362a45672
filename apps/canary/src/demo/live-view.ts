import { createLogUpdate } from 'log-update';
import { screenText, Screen } from './screen.ts';
import type { View } from './view.ts';

/** One screen that is drawn again a few times a second, for a terminal. */
export function liveView(stream: NodeJS.WriteStream, stage: string): View {
  const draw = createLogUpdate(stream, { showCursor: false });
  const start = performance.now();
  const screen = new Screen(stage);
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
