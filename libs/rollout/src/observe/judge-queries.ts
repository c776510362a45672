import { messageOf } from '../engine/errors.ts';
import type { Judge, Opinion, Verdict } from '../ports/judge.ts';

/** A query with limits, which a release is held to beside the comparison. There is no error bound. */
export interface QueryGate {
  readonly name: string;
  /** In PromQL; of several values each has to be within the limits. */
  readonly query: string;
  readonly max?: number;
  readonly min?: number;
  /** It is told, and decides nothing. */
  readonly isReportOnly?: boolean;
}

/** Asks a source for the values of a query, none where there is no such series. */
export type AskQuery = (query: string, signal?: AbortSignal) => Promise<readonly number[]>;

/** What one gate showed at a look. */
interface Shown {
  readonly gate: QueryGate;
  readonly state: 'within' | 'beyond' | 'unread';
  /** The value, its limit or what is wrong, in a sentence. */
  readonly text: string;
  /** Looks in a row that it was beyond its limit. */
  readonly looks: number;
}

interface Saved {
  readonly rollout: string | undefined;
  readonly judge: unknown;
  /** By name the looks in a row. */
  readonly beyond: Readonly<Record<string, number>>;
}

/**
 * A judge that asks queries at each look as well. One beyond its limit for some looks in a row rolls
 * the release back, whatever the other judge says; until then, or where it cannot be read, it keeps the
 * release from being promoted. A query is never a pass by being empty.
 *
 * @param looks in a row that a value has to be beyond its limit
 */
export function judgeQueries(
  judge: Judge,
  gates: readonly QueryGate[],
  { ask, looks = 3 }: { readonly ask: AskQuery; readonly looks?: number },
): Judge {
  let beyond: Readonly<Record<string, number>> = {};
  let rollout: string | undefined;
  return {
    begin: (context) => {
      if (rollout !== undefined && rollout !== context.rollout) beyond = {};
      rollout = context.rollout;
      judge.begin(context);
    },
    look: async (signal) => {
      const [opinion, ...shown] = await Promise.all([
        judge.look(signal),
        ...gates.map((gate) => show(gate, ask, { signal, before: beyond[gate.name] ?? 0 })),
      ]);
      beyond = Object.fromEntries(shown.map(({ gate, looks }) => [gate.name, looks]));
      return together(opinion, shown, looks);
    },
    state: (): Saved => ({ rollout, judge: judge.state(), beyond }),
    restore: (state) => {
      const saved = state as Partial<Saved> | undefined;
      const isOurs = saved?.beyond !== undefined;
      if (isOurs) [beyond, rollout] = [saved.beyond, saved.rollout];
      judge.restore(isOurs ? saved.judge : state);
    },
  };
}

/**
 * Why a query cannot be a gate, asked once before a release begins.
 *
 * @returns a sentence for each, with what the source said
 */
export async function queryProblems(
  gates: readonly QueryGate[],
  ask: AskQuery,
): Promise<readonly string[]> {
  const shown = await Promise.all(gates.map((gate) => show(gate, ask, { before: 0 })));
  return shown.filter(({ state }) => state === 'unread').map(({ text }) => `--query ${text}`);
}

async function show(
  gate: QueryGate,
  ask: AskQuery,
  { signal, before }: { readonly signal?: AbortSignal; readonly before: number },
): Promise<Shown> {
  const { name, query, max = Infinity, min = -Infinity } = gate;
  const values = await ask(query, signal).catch((error: unknown) => {
    signal?.throwIfAborted();
    return messageOf(error);
  });
  const unread = (why: string): Shown => ({
    gate,
    state: 'unread',
    text: `${name}: ${why}`,
    looks: 0,
  });
  if (typeof values === 'string') return unread(values);
  if (values.length === 0) return unread(`${query} has no value`);
  if (values.some((value) => Number.isNaN(value))) return unread(`${query} is NaN`);
  const above = values.find((value) => value > max);
  const value = above ?? values.find((one) => one < min);
  if (value === undefined)
    return { gate, state: 'within', text: `${name} is ${values[0]!}`, looks: 0 };
  const limit = above === undefined ? `below the least, ${min}` : `above the most, ${max}`;
  return { gate, state: 'beyond', text: `${name} is ${value}, ${limit}`, looks: before + 1 };
}

function together(opinion: Opinion, shown: readonly Shown[], looks: number): Opinion {
  const deciding = shown.filter(({ gate }) => gate.isReportOnly !== true);
  const told = shown.filter(({ gate, state }) => gate.isReportOnly === true || state !== 'within');
  const withNotes: Opinion =
    told.length === 0
      ? opinion
      : { ...opinion, notes: [...(opinion.notes ?? []), ...told.map(({ text }) => text)] };
  const broken = deciding.find((one) => one.state === 'beyond' && one.looks >= looks);
  if (broken && opinion.verdict !== 'roll back')
    return decided(
      withNotes,
      'roll back',
      `rolled back: ${broken.text}, ${broken.looks} looks in a row`,
    );
  const blocking = deciding.filter(({ state }) => state !== 'within').map(({ text }) => text);
  if (blocking.length === 0 || opinion.verdict !== 'promote') return withNotes;
  return decided(withNotes, 'undecided', `not to be promoted: ${blocking.join('; ')}`);
}

/** The judgement of the comparison stands for another verdict, and is left out. */
function decided(opinion: Opinion, verdict: Verdict, reason: string): Opinion {
  const { evidence, requests, notes = [] } = opinion;
  return { verdict, reason, evidence, requests, notes };
}
