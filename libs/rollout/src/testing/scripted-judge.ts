import type { Judge, JudgeContext, Opinion, Verdict } from '../ports/judge.ts';

/** A judge who says what a script says; its sum is the number of looks. */
export class ScriptedJudge implements Judge {
  readonly contexts: JudgeContext[] = [];
  looks = 0;
  readonly #script: (looks: number) => Verdict | Error;

  constructor(script: (looks: number) => Verdict | Error) {
    this.#script = script;
  }

  begin(context: JudgeContext): void {
    this.contexts.push(context);
  }

  look(): Promise<Opinion> {
    const verdict = this.#script(this.looks + 1);
    if (verdict instanceof Error) return Promise.reject(verdict);
    this.looks++;
    return Promise.resolve({
      verdict,
      reason: `look ${this.looks} says ${verdict}`,
      evidence: { E: this.looks },
      requests: { 1: 80, 2: 20 },
    });
  }

  state(): unknown {
    return { looks: this.looks };
  }

  restore(state: unknown): void {
    this.looks = (state as { looks: number }).looks;
  }
}
