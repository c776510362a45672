import type { Look, PodSample, Series, Target } from '../ports/observer.ts';

/** What a pod exposes, by series as PromQL writes them: `{ 'a{x="1"}': 5 }`. */
export type Exposing = Readonly<Record<string, number>>;

/** Series from their text; labels without quotes or commas in their values. */
export function seriesOf(exposing: Exposing): Series[] {
  return Object.entries(exposing).map(([text, value]) => {
    const [, name = '', inner = ''] = /^([^{]+)(?:\{(.*)\})?$/.exec(text) ?? [];
    const pairs = inner === '' ? [] : inner.split(',').map((pair) => pair.split('='));
    const labels = pairs.map(([label = '', quoted = '']) => [label, quoted.slice(1, -1)]);
    return { name, labels: Object.fromEntries(labels) as Record<string, string>, value };
  });
}

/** A look at pods named after their release, such as `1a` and `2a`, all of which are UP. */
export function lookOf(
  at: number,
  pods: Readonly<Record<string, Exposing>>,
  more: Readonly<Record<string, Partial<PodSample>>> = {},
): Look {
  const samples = Object.entries(pods).map(([pod, exposing]): PodSample => ({
    ...{ pod, release: pod.slice(0, 1), at, startedAt: 1, series: seriesOf(exposing) },
    ...more[pod],
  }));
  const targets = samples.map(({ pod, release }): Target => ({
    pod,
    release,
    url: '',
    health: 'up',
    error: undefined,
  }));
  return { at, samples, targets };
}
