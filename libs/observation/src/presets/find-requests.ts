import { podTotals, seriesRules, statusRule, type JudgedSeries } from '@canary/rollout';
import { RULES } from './all-presets.ts';
import type { Families } from './exposed.ts';
import { matchOf, type Preset } from './preset.ts';
import { isAboutRequests, statusRank, whyNone } from './request-words.ts';

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

/** All that may count requests, the best first. */
export function requestCandidates(
  families: Families,
  presets: readonly Preset[],
): readonly FoundRequests[] {
  const specific = presets.filter((preset) => !RULES.includes(preset) && fits(preset, families));
  const isClaimed = (name: string) =>
    specific.some(({ requests }) => requests.some((pattern) => matchOf(pattern, name)));
  const found = presets.flatMap((preset) => {
    if (specific.includes(preset)) return ofPreset(preset, families, families.names);
    if (!RULES.includes(preset)) return [];
    const free = families.names.filter((name) => !isClaimed(name) && mayCount(name, families));
    return ofPreset(preset, families, free).sort(better);
  });
  // One that counted nothing yet is none while another did.
  return [
    ...found.filter(({ counted }) => counted > 0),
    ...found.filter(({ counted }) => !counted),
  ];
}

/** A metric that a person named, whatever it is called; undefined where it has no status. */
export function requestsNamed(families: Families, metric: string): FoundRequests | undefined {
  const preset: Preset = { name: 'as named', source: '', requests: [] };
  return labelled(metric, preset, families);
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

function ofPreset(preset: Preset, families: Families, names: readonly string[]): FoundRequests[] {
  const isRule = RULES.includes(preset);
  return preset.requests.flatMap((pattern) => {
    const matches = names.flatMap((name) => {
      const isObserved = families.isObserved(name);
      if (isRule && isObserved !== pattern.endsWith('_count')) return [];
      const match = matchOf(pattern, name);
      return match ? [{ name, match }] : [];
    });
    if (pattern.includes('(?<status>')) return byName(matches, preset, families);
    return matches.flatMap(({ name }) => labelled(name, preset, families) ?? []);
  });
}

interface Match {
  readonly name: string;
  readonly match: RegExpExecArray;
}

/** Counters whose names differ in the status alone. */
function byName(matches: readonly Match[], preset: Preset, families: Families): FoundRequests[] {
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
        families,
      ),
    );
}

function labelled(metric: string, preset: Preset, families: Families): FoundRequests | undefined {
  const statusLabel = statusLabelOf(metric, preset, families);
  if (statusLabel === undefined) return undefined;
  const where = preset.where ?? [];
  return counted({ metric, statusLabel, statusNames: undefined, where }, preset, families);
}

/** The label that tells how a request went: all of whose values are understood, or else some. */
function statusLabelOf(metric: string, { status }: Preset, families: Families): string | undefined {
  const series = families.of(metric);
  const there = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  const labels =
    status?.filter((label) => there.has(label)) ??
    [...there]
      .filter((label) => statusRank(label) !== undefined)
      .sort((a, b) => statusRank(a)! - statusRank(b)! || (a < b ? -1 : 1));
  const understood = (label: string) => {
    const rule = statusRule(label, undefined, metric);
    const values = series.map(({ labels }) => labels[label] ?? '').filter(Boolean);
    return values.map((value) => rule(value) !== undefined);
  };
  return (
    labels.find((label) => isWhole(understood(label))) ??
    labels.find((label) => understood(label).some(Boolean))
  );
}

function counted(
  series: Pick<FoundRequests, 'metric' | 'statusLabel' | 'statusNames' | 'where'>,
  preset: Preset,
  families: Families,
): FoundRequests {
  const { requests, failed } = podTotals(families.exposed, seriesRules(requestSeries(series)));
  return { ...series, preset, counted: requests, failed };
}

function isWhole(understood: readonly boolean[]): boolean {
  return understood.length > 0 && understood.every(Boolean);
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
