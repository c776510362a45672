import type { Selector } from '@canary/rollout';
import type { Io } from '../command.ts';
import { runProgram } from '../program.ts';
import { namedPlatform, type ReleaseNames } from '../site/named-platform.ts';
import { fakeObserver } from './fake-observer.ts';
import type { FakeScreen } from './fake-screen.ts';
import type { FakeSite } from './fake-site.ts';

/** What a command line wrote, and its exit code. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A terminal in which command lines are run on a site; `input` is standard input, and `screen` what a person sees. */
export function terminalOf(
  site: FakeSite,
  input = '',
  screen?: FakeScreen,
): (line: string, signal?: Io['signal']) => Promise<Ended> {
  return async (line, signal = new AbortController().signal) => {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runProgram(line.match(/"[^"]*"|\S+/g)?.map(unquoted) ?? [], {
      env: {},
      out: (text) => {
        out.push(text);
        screen?.write(`${text}\n`);
      },
      err: (text) => {
        err.push(text);
        screen?.write(`${text}\n`);
      },
      terminal: screen?.stream,
      input: () => Promise.resolve(input),
      connect: ({ names }) => Promise.resolve(names?.isInPlace ? namedSite(site, names) : site),
      signal,
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
}

/** The site as commands about a Deployment that is named see it. */
function namedSite(site: FakeSite, names: ReleaseNames): FakeSite {
  const platform = namedPlatform(site.platform, names);
  const all = (selector: Selector) => () => platform.list(selector);
  return {
    ...site,
    platform,
    observer: (selector) =>
      Promise.resolve(fakeObserver(all(selector), site.failing, () => site.answers, site.exposes)),
  };
}

function unquoted(word: string): string {
  return word.replaceAll('"', '');
}
