import { podTotals, seriesRules, type JudgedSeries } from '@canary/rollout';
import { RULES } from './all-presets.ts';
import type { Families } from './exposed.ts';
import { matchOf, type Preset } from './preset.ts';
import { isAboutRequests, whyNone } from './request-words.ts';
import { statusLabelOf } from './status-label.ts';

/** What counts requests. */
export interface FoundRequests {
  /** The series' name; where each status has one, their names with `Nxx` for it. */
  readonly metric: string;
  /** Its label that tells how a request went. */
  readonly statusLabel: string | undefined;
  /** Where each status has a counter of its own: their names, and what each stands for. */
  readonly statusNames: Readonly<Record<string, string>> | undefined;
  /** Label matchers of the series that count. */
  readonly where: readonly string[];
  readonly preset: Preset;
  /** Requests that it has counted so far, one's own scrapes and probes left out, and those of them that failed. */
  readonly counted: number;
  readonly failed: number;
}

/** Where requests are sought, and what a person named of them. */
export interface Seek {
  readonly families: Families;
  readonly named: JudgedSeries;
}

/** All that may count requests, the best first. */
export function requestCandidates(
  seek: Seek,
  presets: readonly Preset[],
): readonly FoundRequests[] {
  const { families } = seek;
  const specific = presets.filter((preset) => !RULES.includes(preset) && fits(preset, families));
  const isClaimed = (name: string) =>
    specific.some(({ requests }) => requests.some((pattern) => matchOf(pattern, name)));
  const found = presets.flatMap((preset) => {
    if (specific.includes(preset)) return ofPreset(preset, seek, families.names);
    if (!RULES.includes(preset)) return [];
    const free = families.names.filter((name) => !isClaimed(name) && mayCount(name, families));
    return ofPreset(preset, seek, free).sort(better);
  });
  // One that counted nothing yet is none while another did.
  return [
    ...found.filter(({ counted }) => counted > 0),
    ...found.filter(({ counted }) => !counted),
  ];
}

/** A metric that a person named, whatever it is called; undefined where it has no status. */
export function requestsNamed(seek: Seek, metric: string): FoundRequests | undefined {
  const preset: Preset = { name: 'as named', source: '', requests: [] };
  return labelled(metric, preset, seek);
}

function fits({ having }: Preset, families: Families): boolean {
  return having === undefined || families.names.some((name) => matchOf(having, name));
}

/** By its name and type, a rule may take it. */
function mayCount(name: string, families: Families): boolean {
  if (!isAboutRequests(name) || whyNone(name) !== undefined) return false;
  if (/_(?:bucket|sum|created|max|gcount|gsum)$/.test(name)) return false;
  // What has a sum beside it is a histogram or a summary, and its quantiles have its name.
  if (families.has(`${name}_sum`)) return false;
  const type = families.metadataOf(name)?.type;
  return type !== 'gauge' && type !== 'gaugehistogram' && type !== 'info';
}

function ofPreset(preset: Preset, seek: Seek, names: readonly string[]): FoundRequests[] {
  const isRule = RULES.includes(preset);
  return preset.requests.flatMap((pattern) => {
    const matches = names.flatMap((name) => {
      const isObserved = seek.families.isObserved(name);
      if (isRule && isObserved !== pattern.endsWith('_count')) return [];
      const match = matchOf(pattern, name);
      return match ? [{ name, match }] : [];
    });
    if (!pattern.includes('(?<status>'))
      return matches.flatMap(({ name }) => labelled(name, preset, seek) ?? []);
    // A label was named, and these have none that matters.
    return seek.named.statusLabel === undefined ? byName(matches, preset, seek) : [];
  });
}

interface Match {
  readonly name: string;
  readonly match: RegExpExecArray;
}

/** Counters whose names differ in the status alone. */
function byName(matches: readonly Match[], preset: Preset, seek: Seek): FoundRequests[] {
  const groups = new Map<string, Record<string, string>>();
  for (const { name, match } of matches) {
    const status = match.groups?.['status'] ?? '';
    const metric = name.replace(status, 'Nxx');
    groups.set(metric, { ...groups.get(metric), [name]: status });
  }
  return [...groups]
    .filter(([, names]) => Object.values(names).includes('5xx'))
    .map(([metric, statusNames]) =>
      counted(
        { metric, statusNames, statusLabel: undefined, where: preset.where ?? [] },
        preset,
        seek,
      ),
    );
}

function labelled(metric: string, preset: Preset, seek: Seek): FoundRequests | undefined {
  const { errorStatus, statusLabel: named } = seek.named;
  const labels = named === undefined ? preset.status : [named];
  const statusLabel = statusLabelOf(seek.families.of(metric), metric, { labels, errorStatus });
  if (statusLabel === undefined) return undefined;
  const where = preset.where ?? [];
  return counted({ metric, statusLabel, statusNames: undefined, where }, preset, seek);
}

function counted(
  series: Pick<FoundRequests, 'metric' | 'statusLabel' | 'statusNames' | 'where'>,
  preset: Preset,
  { families, named: { errorStatus, where = [] } }: Seek,
): FoundRequests {
  const rules = seriesRules({
    ...requestSeries({ ...series, where: [...series.where, ...where] }),
    ...(errorStatus === undefined ? {} : { errorStatus }),
  });
  const { requests, failed } = podTotals(families.exposed, rules);
  return { ...series, preset, counted: requests, failed };
}

/** What was found, as the judge has it. */
export function requestSeries({
  metric,
  statusLabel,
  statusNames,
  where,
}: Pick<FoundRequests, 'metric' | 'statusLabel' | 'statusNames' | 'where'>): JudgedSeries {
  return {
    requests: metric,
    ...(statusLabel === undefined ? {} : { statusLabel }),
    ...(statusNames === undefined ? {} : { statusNames }),
    ...(where.length === 0 ? {} : { where }),
  };
}

/** Of what one rule found, names that say `http` go first, then what counts most; always the same. */
function better(a: FoundRequests, b: FoundRequests): number {
  const plain = ({ metric }: FoundRequests) =>
    /(?:^|_)(?:http|grpc|server)_/.test(metric) ? 0 : 1;
  const words = ({ metric }: FoundRequests) => metric.split('_').length;
  return (
    plain(a) - plain(b) ||
    b.counted - a.counted ||
    words(a) - words(b) ||
    (a.metric < b.metric ? -1 : 1)
  );
}
