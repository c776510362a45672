import { realScenarios } from './real-scenarios.ts';
import { PLAIN, type Scenario } from './scenario.ts';
import { day, outage, ownBursts, sharedBursts } from './weather.ts';

const OUTAGE = outage(60, 0.5);

/** The scenarios in which peers take part as well. */
export const peerScenarios = {
  independent: { ...PLAIN, title: 'independent', describes: 'requests fail independently' },
  sharedBursts: {
    ...PLAIN,
    title: 'shared bursts',
    describes: 'every 5 min on average 20 % of all requests fail for 20 s, on all pods alike',
    weather: sharedBursts({ apart: 300, lasting: 20, share: 0.2 }),
  },
  outageAtOnce: {
    ...PLAIN,
    title: 'shared outage, looks at once',
    describes: 'for one minute of the hour half of all requests fail, on all pods alike',
    weather: OUTAGE,
  },
  outagePhases: {
    ...PLAIN,
    title: 'shared outage, scrape phases',
    describes: 'the same, seen through Prometheus: every pod is scraped at a phase of its own',
    weather: OUTAGE,
    sampling: 'phases',
  },
  outageUnseen: {
    ...PLAIN,
    title: 'shared outage, phases ignored',
    describes: 'the same, but samples are taken for simultaneous: shows what the phases would do',
    weather: OUTAGE,
    sampling: 'phases unseen',
  },
  podBursts: {
    ...PLAIN,
    title: "one pod's bursts",
    describes:
      'every 10 min on average 30 % of one pod’s requests fail for 30 s, each pod at its times',
    weather: ownBursts({ apart: 600, lasting: 30, share: 0.3 }),
  },
  podLongBursts: {
    ...PLAIN,
    title: "one pod's long bursts",
    describes: 'the same with bursts of 2 min, longer than the blocks in which pods are ranked',
    weather: ownBursts({ apart: 600, lasting: 120, share: 0.3 }),
  },
  slowNode: {
    ...PLAIN,
    title: 'one slow node',
    describes: 'one pod of the five, any of them, takes twice as long to answer',
    slowNode: 2,
  },
  day: {
    ...PLAIN,
    title: 'daily cycle',
    describes:
      'a day’s swing within the hour: load 0.2 to 1.8 times, errors a third to three times',
    weather: day,
  },
  missing: {
    ...PLAIN,
    title: 'missing scrapes',
    describes: 'each sample of a pod is missing with a probability of 5 %',
    missing: 0.05,
  },
  restarts: {
    ...PLAIN,
    title: 'restarts',
    describes: 'every pod restarts 6 times an hour on average, and its counters begin at zero',
    restartsPerHour: 6,
  },
} as const satisfies Record<string, Scenario>;

/** All scenarios by name. */
export const scenarios = { ...peerScenarios, ...realScenarios };

export type PeerScenarioName = keyof typeof peerScenarios;
export type ScenarioName = keyof typeof scenarios;

/** Whether the scenario is one of the real services', which no peer judges. */
export function isReal({ scenario }: { readonly scenario: ScenarioName }): boolean {
  return scenario in realScenarios;
}
