import { describe, expect, it } from 'vitest';
import { judgeOptions, objectiveProblem, OptionError, type JudgeOptions } from './options.ts';

describe('judgeOptions', () => {
  it.each<[Partial<JudgeOptions>, string]>([
    [{ alpha: 0 }, 'alpha 0 is not between 0 and 1: give a number such as 0.01'],
    [{ alphaPromote: 1 }, 'alphaPromote 1 is not between 0 and 1'],
    [{ margin: 0 }, 'margin 0 is not between 0 and 1'],
    [{ marginTimes: Infinity }, 'marginTimes Infinity is not above 0'],
    [{ soakSeconds: -1 }, 'soakSeconds -1 is not 0 or more'],
    [{ cold: { times: 0, plus: 0 } }, 'cold.times 0 is not above 0'],
    [{ objectiveErrors: 1 }, 'objectiveErrors 1 is not between 0 and 1'],
    [{ latencyObjectiveSeconds: 0 }, 'latencyObjectiveSeconds 0 is not above 0'],
    [{ metrics: [] }, 'metrics (none) lack errors: add errors'],
    [{ metrics: ['errors', 'errors'] }, 'metrics (errors, errors) name one twice'],
    [
      { metrics: ['errors'], latencyObjectiveSeconds: 1 },
      'latencyObjectiveSeconds 1 needs the metric latency, and there are errors',
    ],
    [
      { worse: { ...judgeOptions().worse, latency: { times: 0, plus: 0 } } },
      'worse.latency.times 0 is not above 0',
    ],
  ])('refuses %j', (options, message) => {
    expect(() => judgeOptions(options)).toThrow(OptionError);
    expect(() => judgeOptions(options)).toThrow(message);
  });

  it('has defaults for all that is not given', () => {
    expect(judgeOptions({ alpha: 0.001 })).toMatchObject({ alpha: 0.001, margin: 0.0005 });
  });
});

describe('objectiveProblem', () => {
  const options = judgeOptions({ latencyObjectiveSeconds: 0.2 });

  it('is one from where no canary could be beyond the margin', () => {
    expect(objectiveProblem(0.66, options)).toBeUndefined();
    expect(objectiveProblem(0.67, options)).toMatch(
      /^latencyObjectiveSeconds 0.2 promises nothing, as 67 % .* give a longer time/,
    );
  });
});
