import type { Judge, JudgeContext, Opinion, Verdict } from '../ports/judge.ts';

/** What a judge is to say: a verdict, more of an opinion, or that the look fails. */
export type Line = Verdict | Error | (Partial<Opinion> & Pick<Opinion, 'verdict'>);

/** A judge who says what a script says; its sum is the number of looks. */
export class ScriptedJudge implements Judge {
  readonly contexts: JudgeContext[] = [];
  looks = 0;
  readonly #script: (looks: number) => Line;

  constructor(script: (looks: number) => Line) {
    this.#script = script;
  }

  begin(context: JudgeContext): void {
    this.contexts.push(context);
  }

  look(): Promise<Opinion> {
    const line = this.#script(this.looks + 1);
    if (line instanceof Error) return Promise.reject(line);
    const said = typeof line === 'string' ? { verdict: line } : line;
    this.looks++;
    return Promise.resolve({
      reason: `look ${this.looks} says ${said.verdict}`,
      evidence: { E: this.looks },
      requests: { 1: 80, 2: 20 },
      ...said,
    });
  }

  state(): unknown {
    return { looks: this.looks };
  }

  restore(state: unknown): void {
    const { looks } = state as { looks?: unknown };
    if (typeof looks !== 'number') throw new Error('the sums have no number of looks');
    this.looks = looks;
  }
}
