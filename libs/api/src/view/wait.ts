import { phaseBeganAt, stageAt, type Resource, type RolloutRecord } from '@canary/rollout';
import { durationText } from './duration-text.ts';
import { sentence } from './sentence.ts';

/** What a rollout waits for. Times are milliseconds since the Unix epoch. */
export type Wait = WaitKind & {
  /** What keeps it from coming, in the platform's words. */
  readonly because?: string;
};

type WaitKind =
  | { readonly for: 'held' | 'driver' | 'first stage' | 'confirm' | 'way back' }
  | { readonly for: 'thaw' | 'resume'; readonly by: string; readonly reason: string }
  | { readonly for: 'replicas'; readonly stable: number | undefined; readonly canary: number }
  | { readonly for: 'template'; readonly name: string }
  | { readonly for: 'time' | 'verdict'; readonly until: number }
  | { readonly for: 'removal'; readonly name: string };

/** What a rollout waits for; undefined where it has ended. */
export function waitOf(record: RolloutRecord): Wait | undefined {
  const { outcome, frozen, paused, direction, stable, driver } = record;
  if (outcome === 'held') return { for: 'held' };
  if (outcome !== undefined) return undefined;
  if (frozen) return { for: 'thaw', by: frozen.by, reason: frozen.reason };
  if (direction === 'back') return { for: 'way back', ...because(stable) };
  if (paused) return { for: 'resume', by: paused.by, reason: paused.reason };
  if (!driver) return { for: 'driver' };
  return waitOfStage(record);
}

function waitOfStage(record: RolloutRecord): Wait {
  const { stable, canary } = record;
  const stage = stageAt(record);
  if (!stage) return { for: 'first stage' };
  const { set, gate } = stage;
  if (record.atGate && gate.kind === 'person') return { for: 'confirm' };
  if (record.atGate && (gate.kind === 'time' || gate.kind === 'verdict')) {
    const until = phaseBeganAt(record) + (gate.kind === 'time' ? gate.ms : gate.limitMs);
    return { for: gate.kind, until, ...because(canary) };
  }
  if (set.removed !== undefined) {
    const [gone, stays] = set.removed === 'stable' ? [stable, canary] : [canary, stable];
    return { for: 'removal', name: gone.ref.name, ...because(stays) };
  }
  if (set.template !== undefined)
    return { for: 'template', name: stable.ref.name, ...because(stable) };
  return { for: 'replicas', stable: set.stable, canary: set.canary, ...because(canary, stable) };
}

/** The wait in a sentence, with the command that ends it where there is one. */
export function waitText(wait: Wait, now: number): string {
  const why = wait.because === undefined ? '' : ` (${wait.because})`;
  return `${textOf(wait, now)}${why}`;
}

function textOf(wait: Wait, now: number): string {
  switch (wait.for) {
    case 'held':
      return 'a person: canary resume, promote or abort';
    case 'thaw':
      return `canary thaw: frozen by ${wait.by}, ${wait.reason}`;
    case 'way back':
      return 'the way back';
    case 'resume':
      return `canary resume: paused by ${wait.by}, ${wait.reason}`;
    case 'driver':
      return 'a driver: canary start --resume';
    case 'first stage':
      return 'its first stage';
    case 'replicas':
      return wait.stable === undefined
        ? `${wait.canary} canary replicas to be ready`
        : `${wait.stable} + ${wait.canary} replicas to be ready`;
    case 'template':
      return `${wait.name} to take the template over`;
    case 'time':
      return `${durationText(Math.max(0, wait.until - now))} more of observation`;
    case 'verdict':
      return `a verdict, at most ${durationText(Math.max(0, wait.until - now))} more`;
    case 'confirm':
      return 'a person: canary promote, or canary abort';
    case 'removal':
      return `${wait.name} to be gone`;
  }
}

/** What keeps the first of them from being ready that anything keeps. */
function because(...resources: readonly Resource[]): { readonly because?: string } {
  for (const { problem, retry } of resources) {
    if (retry) return { because: sentence(retry.error) };
    if (!problem) continue;
    const { pod, reason, message } = problem;
    const why = message === undefined ? reason : `${reason}: ${message}`;
    return { because: `${pod === undefined ? '' : `${pod}: `}${sentence(why)}` };
  }
  return {};
}
