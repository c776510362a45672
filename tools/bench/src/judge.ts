import { judgeFor, type Look, type PodSample, type Series } from '@canary/rollout';

/**
 * CPU time of one look of the judge at 1,000 pods, from the series as parsed to the opinion: the
 * observer's part, HTTP and text, is left out. It runs bundled, as what is shipped does: a loader that
 * keeps the names of functions makes every closure dearer. The limit that we set ourselves is 5 ms for pods of one
 * route, and 200 kB of saved state however many series there are.
 */
const PODS = 1000;
const CANARIES = 100;
const WARM_UP = 20;
const EVERY_MS = 10_000;
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Infinity];
const STATUSES = ['200', '404', '500'];
/** Each has 15 series that are judged. */
const VARIANTS = [
  { routes: 1, looks: 120 },
  { routes: 13, looks: 40 },
];

/** What pods of a healthy release show, with fresh objects as a parser makes them. */
function lookAt(number: number, routes: number): Look {
  const at = number * EVERY_MS;
  const samples = Array.from({ length: PODS }, (_, i): PodSample => {
    const release = i < CANARIES ? '2' : '1';
    const requests = 100 * number + ((i * 7919) % 100);
    const series = Array.from({ length: routes }, (_, route) =>
      seriesOf(requests + 7 * number * route, `/${route}`),
    ).flat();
    return { pod: `myapp-${release}-${i}`, release, at, startedAt: 1, series };
  });
  const targets = samples.map(
    ({ pod, release }) => ({ pod, release, url: '', health: 'up', error: undefined }) as const,
  );
  return { at, samples, targets };
}

function seriesOf(requests: number, endpoint: string): Series[] {
  const common = { method: 'get', endpoint };
  const shares = [0.98, 0.019, 0.001];
  return [
    ...STATUSES.map((status, i) => ({
      name: 'http_requests_total',
      labels: { ...common, status },
      value: Math.floor(requests * shares[i]!),
    })),
    ...BOUNDS.map((bound, i) => ({
      name: 'http_request_duration_seconds_bucket',
      labels: { le: bound === Infinity ? '+Inf' : String(bound), ...common },
      value: Math.floor((requests * (i + 1)) / BOUNDS.length),
    })),
    { name: 'http_request_duration_seconds_sum', labels: common, value: requests / 10 },
    { name: 'http_request_duration_seconds_count', labels: common, value: requests },
  ];
}

async function measure({ routes, looks }: (typeof VARIANTS)[number]): Promise<void> {
  let next: Look | undefined;
  const judge = judgeFor({ look: () => Promise.resolve(next!) });
  judge.begin({
    rollout: 'bench',
    app: 'myapp',
    stage: 0,
    startedAt: 0,
    stable: { release: '1', replicas: PODS - CANARIES },
    canary: { release: '2', replicas: CANARIES },
  });
  const { signal } = new AbortController();
  const times: number[] = [];
  let verdict = '';
  for (let number = 1; number <= looks; number++) {
    next = lookAt(number, routes);
    // What the making of a look leaves behind is not the judge's to clear away.
    globalThis.gc?.({ type: 'minor' });
    const before = process.cpuUsage();
    ({ verdict } = await judge.look(signal));
    const { user, system } = process.cpuUsage(before);
    if (number > WARM_UP) times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  const at = (quantile: number) => times[Math.floor(quantile * times.length)]!.toFixed(2);
  const state = judge.state() as { readonly ledger: object };
  const kilobytes = (part: unknown) => (JSON.stringify(part).length / 1000).toFixed(1);
  const wanted = routes === 1 ? ' (wanted: median at most 5)' : '';
  process.stdout.write(
    `${PODS} pods, ${15 * routes} judged series each, ${times.length} looks (the last: ${verdict}), ` +
      `state ${kilobytes(state)} kB (wanted: below 200), ${kilobytes(state.ledger)} kB of it the ledger\n` +
      `median ${at(0.5)} ms of CPU per look, 90th percentile ${at(0.9)} ms${wanted}\n`,
  );
}

for (const variant of VARIANTS) await measure(variant);
