import {
  podsOf,
  workloadView,
  type PageView,
  type StatusRollout,
  type StepView,
} from '@canary/api/view';
import {
  NO_SERIES,
  replicaShare,
  withLook,
  type HistoryEntry,
  type Plan,
  type RolloutSeries,
  type Workload,
} from '@canary/rollout';
import type { DemoEvent, Phase, Snapshot } from './events.ts';
import { CANARY, STABLE, WATCHED, type StoryOptions } from './story.ts';

/** What the demonstration is told with. */
export type DemoShape = Pick<StoryOptions, 'replicas' | 'canaryReplicas' | 'speed'>;

/** Which step of the page's list a phase is; the way back is none of them. */
const STEP: Readonly<Record<Phase, number>> = { v1: 0, canary: 1, 'take-over': 2, 'roll back': 1 };

/** How the demonstration stands, as the live page shows a rollout: it tells a story of its own, and no record of it is kept. */
export class DemoView {
  readonly #shape: DemoShape;
  readonly #startedAt: number;
  readonly #stepStartedAt: number[] = [];
  readonly #events: HistoryEntry[] = [];
  #phase: Phase = 'v1';
  #title = '';
  #snapshot: Snapshot | undefined;
  #looks = 0;
  #lookedAt = 0;
  #series: RolloutSeries = NO_SERIES;

  constructor(shape: DemoShape, now: number) {
    this.#shape = shape;
    this.#startedAt = now;
  }

  hear(event: DemoEvent, now: number): void {
    if (event.kind === 'phase') {
      this.#phase = event.phase;
      this.#title = event.title;
      this.#stepStartedAt[STEP[event.phase]] ??= now;
      this.#note(event.phase, event.title, now);
    } else if (event.kind === 'said') this.#note('seen', event.text, now);
    else this.#look(event.snapshot, now);
  }

  /** @param workloads those of every app of the demonstration */
  view(workloads: readonly Workload[], now: number): PageView {
    const { targets = [] } = this.#snapshot ?? {};
    const own = workloads.filter(({ release }) => release === STABLE || release === CANARY);
    const views = workloads.map((workload) => workloadView(workload, roleOf(workload)));
    const isTarget = new Set(targets.map(({ pod }) => pod));
    const { namespace = 'canary' } = workloads[0]?.ref ?? {};
    const status = {
      ...{ app: 'myapp', namespace, frozen: undefined },
      rollout: this.#rollout(own, now),
      workloads: views.filter(({ release }) => own.some((one) => one.release === release)),
    };
    return {
      ...{ now, status, events: this.#events, series: this.#series },
      ...{ offers: [], readOnly: true, trouble: undefined },
      pods: podsOf({ workloads: views }, targets).filter(
        ({ name, release }) =>
          isTarget.has(name) || own.some((workload) => workload.release === release),
      ),
    };
  }

  #rollout(own: readonly Workload[], now: number): StatusRollout {
    const { replicas, canaryReplicas, speed } = this.#shape;
    const step = STEP[this.#phase];
    const turnedBack = this.#phase === 'roll back';
    const split = this.#snapshot?.split;
    const ready = (release: string) =>
      own.find((workload) => workload.release === release)?.readyReplicas ?? 0;
    const targetShares = [0, canaryReplicas / (replicas + canaryReplicas), 1];
    const steps = planOf(this.#shape).map((one, index) => ({
      ...one,
      state: stateOf(index - step, turnedBack),
      startedAt: this.#stepStartedAt[index],
    }));
    const until = (this.#stepStartedAt[1] ?? 0) + (1000 * WATCHED.canary) / speed;
    return {
      ...{ id: 'demo', from: STABLE, to: CANARY, step: step + 1, steps: steps.length },
      ...{ what: this.#phase, plan: steps, turnedBack, outcome: undefined },
      waitsFor: undefined,
      wait: this.#phase === 'canary' && now < until ? { for: 'time', until } : undefined,
      ...{ reason: this.#title, startedAt: this.#startedAt, endedAt: undefined },
      driver: { holder: 'canary demo', silentMs: 0, gone: false },
      targetShare: turnedBack ? undefined : targetShares[step],
      replicaShare: replicaShare({ stable: ready(STABLE), canary: ready(CANARY) }),
      observedShare: split && {
        ...{ share: split.observed.share, low: split.observed.low, high: split.observed.high },
        ...{ canary: split.canary, requests: split.requests },
      },
      observation: {
        ...{ number: this.#looks, at: this.#lookedAt, failure: undefined },
        requests: split ? { [STABLE]: split.requests - split.canary, [CANARY]: split.canary } : {},
      },
      judge: undefined,
    };
  }

  #look(snapshot: Snapshot, now: number): void {
    this.#snapshot = snapshot;
    const { split } = snapshot;
    if (!split || now < this.#lookedAt + 1000 || this.#phase !== 'canary') return;
    this.#looks++;
    this.#lookedAt = now;
    const evidence = { 'observed share': split.observed.share };
    this.#series = withLook(this.#series, now, { requests: {}, evidence });
  }

  #note(what: string, why: string, at: number): void {
    this.#events.push({ at, what, why, figures: {} });
  }
}

function planOf({ replicas, canaryReplicas, speed }: DemoShape) {
  const observed = (seconds: number): Plan['steps'][number] => ({
    kind: 'observe',
    until: 'time',
    ms: (1000 * seconds) / speed,
    everyMs: 1000,
  });
  return [
    { step: observed(WATCHED.stable), what: 'v1', split: { stable: replicas, canary: 0 } },
    {
      step: observed(WATCHED.canary),
      what: 'canary',
      split: { stable: replicas, canary: canaryReplicas },
    },
    { step: { kind: 'retire' }, what: 'take-over', split: { stable: 0, canary: replicas } },
  ] as const;
}

function roleOf({ release }: Workload): 'stable' | 'canary' | undefined {
  if (release === STABLE) return 'stable';
  return release === CANARY ? 'canary' : undefined;
}

/** @param distance how many steps it is after the current one */
function stateOf(distance: number, turnedBack: boolean): StepView['state'] {
  if (distance < 0) return 'done';
  if (distance > 0) return turnedBack ? 'left' : 'to come';
  return turnedBack ? 'turned back' : 'under way';
}
