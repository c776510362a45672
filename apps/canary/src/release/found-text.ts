import type { Detected, FoundRequests } from '@canary/observation';
import type { Target } from '@canary/rollout';
import { table } from '../table.ts';

/** What the pods of one release expose. */
export interface Found extends Pick<
  Detected,
  'latency' | 'inFlight' | 'why' | 'uncounted' | 'ignored'
> {
  readonly release: string;
  readonly deployment: string;
  readonly pods: readonly Pick<Target, 'pod' | 'url' | 'health' | 'error'>[];
  /** With the preset's name. */
  readonly requests: (Omit<FoundRequests, 'preset'> & { readonly preset: string }) | undefined;
}

/** What was found, release by release, the stable one first; and where they differ. */
export function foundLines(found: readonly Found[]): string[] {
  const [stable, ...others] = found;
  return [
    ...found.flatMap((one, at) => [...(at === 0 ? [] : ['']), ...linesOf(one)]),
    ...others.flatMap((other) => differences(stable!, other)),
  ];
}

function linesOf({
  release,
  deployment,
  pods,
  why,
  inFlight,
  uncounted,
  ignored,
}: Found): string[] {
  const read = pods.filter(({ error }) => error === undefined);
  const [first] = read;
  const from = first ? ` (${first.url})` : '';
  const many = ignored.slice(0, TOLD);
  const more = ignored.length - many.length;
  return [
    `${deployment}, release ${release}: ${read.length} of ${pods.length} pods could be read${from}`,
    ...pods.flatMap(({ pod, error }) => (error === undefined ? [] : [`  ${pod}: ${error}`])),
    ...why.map((line) => `  ${line}`),
    ...(inFlight === undefined ? [] : [`  being answered: ${inFlight}`]),
    ...(uncounted.length === 0 ? [] : [`  counted nothing yet: ${uncounted.join(', ')}`]),
    ...(many.length === 0 ? [] : ['  ignored:']),
    ...table(many.map(({ metric, why }) => [`    ${metric}`, why])),
    ...(more > 0 ? [`    and ${more} more, see -o json`] : []),
  ];
}

/** Of more ignored metrics their number is told. */
const TOLD = 20;

/** Both releases are judged by what the stable one exposes. */
function differences(stable: Found, other: Found): string[] {
  if (!stable.requests) return [];
  const { metric, statusLabel } = stable.requests;
  const what = `${metric}${statusLabel === undefined ? '' : ` by its label ${statusLabel}`}`;
  const isSame = other.requests?.metric === metric && other.requests.statusLabel === statusLabel;
  const lines = isSame
    ? []
    : [
        `${other.release} does not count requests as ${stable.release} does (${what}): that keeps it from being promoted`,
      ];
  const isTimed = stable.latency !== undefined && stable.latency.problem === undefined;
  if (isTimed && other.latency?.metric !== stable.latency.metric)
    lines.push(
      `${other.release} does not expose ${stable.latency.metric} as ${stable.release} does: that keeps it from being promoted`,
    );
  return lines.length === 0 ? [] : ['', ...lines];
}
