import { expect, it } from 'vitest';
import { shop, type Shop } from '../testing/shop.ts';
import { withDrain } from './drain.ts';

const exec = { preStop: { exec: { command: ['sh', '-c', 'sleep 9'] } } };
const drained = (parts: Shop) => withDrain(shop(parts).spec.template, 5).spec;

it('leaves the hooks that there are', () => {
  const { template } = shop({ container: { lifecycle: exec } }).spec;
  expect(withDrain(template, 5)).toBe(template);
});

it('waits in each container that has no hook, and keeps what else its lifecycle has', () => {
  const postStart = { exec: { command: ['true'] } };
  const { containers, initContainers } = drained({
    container: { lifecycle: { postStart } },
    containers: [{ name: 'a', lifecycle: exec }, { name: 'b' }],
    pod: { initContainers: [{ name: 'migrate' }] },
  });
  expect(containers.map(({ lifecycle }) => lifecycle)).toEqual([
    { postStart, preStop: { sleep: { seconds: 5 } } },
    exec,
    { preStop: { sleep: { seconds: 5 } } },
  ]);
  expect(initContainers).toEqual([{ name: 'migrate' }]);
});

it.each([
  [undefined, undefined],
  [6, 6],
  [5, 10],
  [0, 5],
])('with %s seconds of grace has %s', (terminationGracePeriodSeconds, after) => {
  const pod = terminationGracePeriodSeconds === undefined ? {} : { terminationGracePeriodSeconds };
  const spec = drained({ pod, container: { lifecycle: {} } });
  expect(spec.terminationGracePeriodSeconds).toBe(after);
});

it('waits not at all where it is not wanted', () => {
  const { template } = shop({ container: { lifecycle: {} } }).spec;
  expect(withDrain(template, 0)).toBe(template);
});
