import type { Observer, PodSample } from '@canary/rollout';
import { expect, it } from 'vitest';
import { workload } from '../testing/objects.ts';
import { fakeSite } from '../testing/fake-site.ts';
import { platformObserver } from './platform-observer.ts';

const selector = { namespace: 'canary', labels: {} };
const sample = (pod: string): PodSample => ({
  ...{ pod, release: '1.0.0', at: 1, startedAt: undefined, series: [], ownPaths: ['/metrics'] },
});
const observing = (...pods: string[]): Observer => ({
  look: () => Promise.resolve({ at: 1, samples: pods.map(sample), targets: [] }),
});

it('adds what the platform knows of a pod, and leaves those that it does not know as they are', async () => {
  const stable = workload('1.0.0', 1, (pod) => ({ ...pod, ready: false, restarts: 4 }));
  const name = stable.pods[0]!.name;
  const platform = { ...fakeSite().platform, list: () => Promise.resolve([stable]) };
  const { samples } = await platformObserver(observing(name, 'gone'), platform, selector).look();
  expect(samples).toMatchObject([{ pod: name, ready: false, restarts: 4 }, { pod: 'gone' }]);
  expect(samples[1]).toEqual(sample('gone'));
});
