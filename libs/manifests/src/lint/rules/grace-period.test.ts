import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { gracePeriod } from './grace-period.ts';

const leaving = (seconds: number | undefined, container: string) =>
  deployment({
    container,
    ...(seconds === undefined ? {} : { pod: `terminationGracePeriodSeconds: ${seconds}` }),
  });
const command = (...words: string[]) =>
  `lifecycle: {preStop: {exec: {command: ${JSON.stringify(words)}}}}`;
const drain = 'env: [{name: DRAIN_SECONDS, value: "5"}]';

it.each([
  [
    'a preStop sleep',
    leaving(10, 'lifecycle: {preStop: {sleep: {seconds: 10}}}'),
    'preStop sleeps 10 s',
  ],
  ['a sleep command', leaving(10, command('sleep', '15')), 'preStop sleeps 15 s'],
  [
    'a shell that sleeps',
    leaving(60, command('/bin/sh', '-c', 'sleep 1m; nginx -s quit')),
    'preStop sleeps 60 s',
  ],
  ['DRAIN_SECONDS', leaving(5, drain), 'DRAIN_SECONDS is 5'],
  [
    'both, one after the other',
    leaving(12, `${command('sleep', '8')}, ${drain}`),
    'preStop sleeps 8 s and DRAIN_SECONDS is 5',
  ],
])('finds %s that the grace period does not cover', (_, yaml, said) => {
  const [seconds] = /(?<=PeriodSeconds: )\d+/.exec(yaml) ?? [];
  expect(problems(gracePeriod, yaml)).toEqual([
    `7: Deployment web: terminationGracePeriodSeconds is ${seconds!}, and ${said} in container main`,
  ]);
});

it('knows the grace period that is not written', () => {
  expect(problems(gracePeriod, leaving(undefined, command('sleep', '30')))).toEqual([
    '8: Deployment web: terminationGracePeriodSeconds is 30, as it is not set, and preStop sleeps 30 s in container main',
  ]);
  expect(problems(gracePeriod, leaving(undefined, command('sleep', '29')))).toEqual([]);
});

it.each([
  ['there is room', leaving(15, drain)],
  ['nothing drains', leaving(0, 'image: "web:1"')],
  ['the sleep is in a loop', leaving(5, command('sh', '-c', 'while busy; do sleep 10; done'))],
  ['it is another command', leaving(5, command('/wait-shutdown'))],
  ['the variable is no number', leaving(5, 'env: [{name: DRAIN_SECONDS, value: "$(DRAIN)"}]')],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(gracePeriod, yaml)).toEqual([]);
});
