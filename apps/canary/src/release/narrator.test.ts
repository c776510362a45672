import { describe, expect, it, vi } from 'vitest';
import { FakeScreen } from '../testing/fake-screen.ts';
import { fakeSite } from '../testing/fake-site.ts';
import { NOW, startedRecord, weighed } from '../testing/objects.ts';
import { terminalOf } from '../testing/terminal.ts';
import { liveLine } from './live-line.ts';
import { narrate, narratorOf } from './narrator.ts';

describe('the line that changes', () => {
  it('has the stage, the requests of both, the evidence and what is left', () => {
    expect(liveLine(weighed({ blocker: undefined }), NOW)).toMatchInlineSnapshot(
      `"stage 1 of 3: observe until a verdict · 1,204 requests to 2.0.0, 4,816 to 1.0.0 · evidence 0.37 of 100 against it, 3.1 of 20 for it · about 4 min more"`,
    );
    expect(liveLine(weighed(), NOW)).toMatchInlineSnapshot(
      `"stage 1 of 3: observe until a verdict · 1,204 requests to 2.0.0, 4,816 to 1.0.0 · evidence 0.37 of 100 against it, 3.1 of 20 for it · not to be promoted: myapp-deploy-v2.0-0 is not UP: connection refused · waits for a verdict, at most 59 min 42 s more"`,
    );
    const scaling = startedRecord({ stage: 0, stageStartedAt: [NOW] });
    expect(liveLine(scaling, NOW)).toMatchInlineSnapshot(
      `"stage 1 of 4: scale · waits for a driver: canary start --resume"`,
    );
    expect(liveLine({ ...weighed(), outcome: 'promoted' }, NOW)).toBeUndefined();
  });
});

describe('a narrator', () => {
  /** One that writes on a screen of so many columns. */
  function onScreen(columns?: number) {
    const screen = new FakeScreen(columns);
    const write = (line: string) => {
      screen.write(`${line}\n`);
    };
    return { screen, narrator: narratorOf({ terminal: screen.stream, out: write, err: write }) };
  }

  it('keeps the line below what is said, and takes it away in the end', () => {
    const { screen, narrator } = onScreen();
    narrator.show('one');
    narrator.say('said');
    expect(screen.text()).toBe('said\none');
    narrator.show('two');
    narrator.warn('warned');
    expect(screen.text()).toBe('said\nwarned\ntwo');
    narrator.end();
    narrator.end();
    expect(screen.text()).toBe('said\nwarned');
    narrator.say('after');
    expect(screen.text()).toBe('said\nwarned\nafter');
  });

  it('cuts off what does not fit in a line', () => {
    const { screen, narrator } = onScreen(10);
    narrator.show('0123456789012345');
    expect(screen.text()).toBe('012345678');
  });

  it('hides no cursor: that would end the process at Ctrl-C before a driver has let go', () => {
    const { isTTY } = process.stderr;
    process.stderr.isTTY = true;
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { narrator } = onScreen();
    narrator.show('one');
    narrator.end();
    process.stderr.isTTY = isTTY;
    expect(written.mock.calls).toEqual([]);
    written.mockRestore();
  });

  it('says looks by lines where there is no terminal', () => {
    const lines: string[] = [];
    const take = (line: string) => {
      lines.push(line);
    };
    const narrator = narratorOf({ terminal: undefined, out: take, err: take });
    narrate(narrator, { before: startedRecord(), now: weighed(), at: NOW });
    narrator.end();
    expect(lines).toEqual([expect.stringMatching(/^03:04:05Z {2}seen: undecided after 18 s/)]);
  });
});

it('shows a whole release in its transitions and a line, of which nothing is left', async () => {
  const screen = new FakeScreen(150);
  const canary = terminalOf(fakeSite(), '', screen);
  const options = '--look 20ms --soak 500ms --bake 100ms --warm-up 0s --margin 0.05';
  const { code, out } = await canary(`start --to 2.0.0 ${options}`);
  expect(code).toBe(0);
  expect(screen.lasts.some((line) => /^stage 1 of 3: .* requests to 2\.0\.0/.test(line))).toBe(
    true,
  );
  expect(screen.text()).toBe(out.trimEnd());
  expect(out).not.toContain('seen:');
  expect(out).toContain('promoted: ');
});
