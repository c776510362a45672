import { stepBeganAt, type RolloutRecord, type Side } from '@canary/rollout';
import { durationText } from './duration-text.ts';
import { sentence } from './sentence.ts';

/** What a rollout waits for. Times are milliseconds since the Unix epoch. */
export type Wait = WaitKind & {
  /** What keeps it from coming, in the platform's words. */
  readonly because?: string;
};

type WaitKind =
  | { readonly for: 'held' | 'driver' | 'first step' | 'confirm' | 'way back' }
  | { readonly for: 'thaw' | 'resume'; readonly by: string; readonly reason: string }
  | { readonly for: 'replicas'; readonly stable: number; readonly canary: number }
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
  return waitOfStep(record);
}

function waitOfStep(record: RolloutRecord): Wait {
  const { plan, stable, canary } = record;
  const step = plan.steps[record.step];
  switch (step?.kind) {
    case undefined:
      return { for: 'first step' };
    case 'scale': {
      const both = { stable: step.stable, canary: step.canary };
      return { for: 'replicas', ...both, ...because(canary, stable) };
    }
    case 'observe': {
      const ms = step.until === 'time' ? step.ms : step.limitMs;
      const until = stepBeganAt(record) + ms;
      return { for: step.until, until, ...because(canary) };
    }
    case 'confirm':
      return { for: 'confirm' };
    case 'retire':
      return { for: 'removal', name: stable.ref.name, ...because(canary) };
  }
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
    case 'first step':
      return 'its first step';
    case 'replicas':
      return `${wait.stable} + ${wait.canary} replicas to be ready`;
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

/** What keeps the first side from being ready that anything keeps. */
function because(...sides: readonly Side[]): { readonly because?: string } {
  for (const { problem, retry } of sides) {
    if (retry) return { because: sentence(retry.error) };
    if (!problem) continue;
    const { pod, reason, message } = problem;
    const why = message === undefined ? reason : `${reason}: ${message}`;
    return { because: `${pod === undefined ? '' : `${pod}: `}${sentence(why)}` };
  }
  return {};
}
