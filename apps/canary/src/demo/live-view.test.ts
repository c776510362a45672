import { expect, it, vi } from 'vitest';
import { FakeScreen } from '../testing/fake-screen.ts';
import { liveView } from './live-view.ts';

it('hides no cursor: that would end the process at Ctrl-C before what it has started', () => {
  const { isTTY } = process.stderr;
  process.stderr.isTTY = true;
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const screen = new FakeScreen();
  const view = liveView(screen.stream, 'this machine');
  view.tell({ kind: 'said', text: 'hello' });
  view.end();
  process.stderr.isTTY = isTTY;
  expect(written.mock.calls).toEqual([]);
  expect(screen.text()).toContain('hello');
  written.mockRestore();
});
