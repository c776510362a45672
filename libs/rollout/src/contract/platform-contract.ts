import type { Platform, PlatformObject, Workload, WorkloadRef } from '../index.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deployment, PORT, type DeploymentFixture } from './objects.ts';

/** A platform to be put to the test. */
export interface ContractSubject {
  readonly platform: Platform;
  /** Where the tests may apply and remove Deployments; it is there and holds nothing else. */
  readonly namespace: string;
  /** An image that answers `/healthy` with 200 at port 5555, has `node`, and honours `command`. */
  readonly image: string;
  readonly close: () => Promise<void>;
}

/** How long the platform may take. */
export interface ContractTimes {
  /** Milliseconds in which pods become ready, leave or fail. */
  readonly patience: number;
}

/** What every {@link Platform} has to do, as tests: call it in a test file of the platform. */
export function platformContract(
  name: string,
  make: () => Promise<ContractSubject>,
  { patience }: ContractTimes = { patience: 10_000 },
): void {
  describe(`${name} as a platform`, { timeout: 4 * patience }, () => {
    let subject: ContractSubject;
    let count = 0;
    let ref: WorkloadRef;

    beforeAll(async () => {
      subject = await make();
    }, 4 * patience);
    afterAll(() => subject.close(), 4 * patience);
    afterEach(() => subject.platform.remove(ref));

    function given(fixture: Partial<DeploymentFixture> = {}): PlatformObject {
      const { namespace, image } = subject;
      return deployment({ name: ref.name, appname: ref.name, namespace, image, ...fixture });
    }
    const selector = () => ({ namespace: subject.namespace, labels: { appname: ref.name } });
    const look = async (): Promise<Workload | undefined> =>
      (await subject.platform.list(selector()))[0];
    const until = (condition: (workload: Workload | undefined) => unknown) =>
      expect.poll(async () => condition(await look()), { timeout: patience, interval: 50 });
    const apply = async (fixture: Partial<DeploymentFixture> = {}) => {
      await subject.platform.apply([given(fixture)]);
    };
    const applyReady = async (fixture: Partial<DeploymentFixture> = {}) => {
      await apply(fixture);
      await until((w) => w?.readyReplicas).toBe(fixture.replicas ?? 1);
      return (await look())!;
    };

    /** Each test has a Deployment of its own name. */
    const test = (title: string, run: () => Promise<void>) => {
      it(title, async () => {
        ref = { namespace: subject.namespace, name: `contract-${++count}` };
        await run();
      });
    };

    test('rejects to scale what is not there, and names it', async () => {
      await expect(subject.platform.scale(ref, 2)).rejects.toThrow(ref.name);
    });

    test('finds it fine to remove what is not there', async () => {
      await subject.platform.remove(ref);
      expect(await look()).toBeUndefined();
    });

    test('rejects an object that it cannot run, and names it', async () => {
      const broken = given({ spec: { selector: { matchLabels: { appname: 'another' } } } });
      await expect(subject.platform.apply([broken])).rejects.toThrow(ref.name);
      expect(await look()).toBeUndefined();
    });

    test('says of an image that cannot be had why no pod runs, and by which name', async () => {
      await apply({ image: 'nobody-has-this:v0' });
      await until((w) => w?.pods[0]?.reason).toMatch(/^(ErrImagePull|ImagePullBackOff)$/);
      const pod = (await look())?.pods[0];
      expect(pod).toMatchObject({ phase: 'Pending', ready: false, restarts: 0 });
      await until((w) => w?.pods[0]?.message).toContain('nobody-has-this:v0');
    });

    test('says of a container that ends again and again that it does', async () => {
      await apply({ container: { command: ['node', '-e', 'process.exit(3)'] } });
      await until((w) => w?.pods[0]?.reason).toBe('CrashLoopBackOff');
      expect((await look())?.pods[0]?.restarts).toBeGreaterThan(0);
    });

    test('says of a pod whose probe fails that it runs, but is not ready', async () => {
      const readinessProbe = { httpGet: { path: '/nothing', port: PORT }, periodSeconds: 1 };
      await apply({ container: { readinessProbe } });
      await until((w) => w?.pods[0]?.reason).toBe('NotReady');
      expect((await look())?.pods[0]).toMatchObject({ phase: 'Running', ready: false });
    });

    test('says when a Deployment makes no progress within its deadline', async () => {
      await apply({ image: 'nobody-has-this:v0', spec: { progressDeadlineSeconds: 2 } });
      await until((w) => w?.conditions.find(({ type }) => type === 'Progressing')).toMatchObject({
        status: 'False',
        reason: 'ProgressDeadlineExceeded',
      });
      const available = (await look())?.conditions.find(({ type }) => type === 'Available');
      expect(available).toMatchObject({ status: 'False', reason: 'MinimumReplicasUnavailable' });
    });

    test('runs a Deployment and shows it with its pods', async () => {
      const workload = await applyReady({ replicas: 2, release: '1.2.3' });
      expect(workload).toMatchObject({
        ref,
        release: '1.2.3',
        replicas: 2,
        readyReplicas: 2,
        labels: { appname: ref.name, release: '1.2.3' },
      });
      expect(workload.pods).toHaveLength(2);
      for (const pod of workload.pods) {
        expect(pod.name.startsWith(`${ref.name}-`)).toBe(true);
        expect(pod.labels).toMatchObject({ appname: ref.name, release: '1.2.3' });
        expect(pod.annotations['prometheus.io/port']).toBe(String(PORT));
        expect(pod.scrapeAddress).toMatch(/^[\d.]+:\d+$/);
        expect(pod).toMatchObject({
          phase: 'Running',
          ready: true,
          terminating: false,
          restarts: 0,
        });
        expect(pod.node).toBeTruthy();
        expect(pod.reason).toBeUndefined();
      }
      await until((w) => w?.conditions.find(({ type }) => type === 'Available')).toMatchObject({
        status: 'True',
        reason: 'MinimumReplicasAvailable',
      });
      await until((w) => w?.conditions.find(({ type }) => type === 'Progressing')).toMatchObject({
        status: 'True',
        reason: 'NewReplicaSetAvailable',
      });
    });

    test('changes nothing when the same is applied again', async () => {
      const before = await applyReady();
      await apply();
      const after = await look();
      expect(after).toMatchObject({ uid: before.uid, generation: before.generation });
      expect(after?.pods.map((pod) => pod.name)).toEqual(before.pods.map((pod) => pod.name));
    });

    test('replaces the pods when the template changes', async () => {
      const before = await applyReady();
      await apply({ env: { VERSION: 'v2' } });
      const old = before.pods.map((pod) => pod.name);
      await until((w) => w?.pods.some((pod) => pod.ready && !old.includes(pod.name))).toBe(true);
      await until((w) => w?.pods.map((pod) => old.includes(pod.name))).toEqual([false]);
      const after = await look();
      expect(after?.uid).toBe(before.uid);
      expect(after?.generation).toBeGreaterThan(before.generation);
    });

    test('gives a Deployment another template, and says when every pod is of it', async () => {
      const { uid, object, generation } = await applyReady({ replicas: 2, release: '1.0.0' });
      const spec = object['spec'] as { readonly template: object };
      const changed = given({ env: { VERSION: 'v2' }, replicas: 2 })['spec'] as typeof spec;
      await subject.platform.setTemplate(ref, changed.template, uid);
      const hashes = (w: Workload | undefined) => new Set(w?.pods.map((pod) => pod.templateHash));
      expect((await look())?.updatedReplicas).toBeLessThan(2);
      await until((w) => [w?.updatedReplicas, w?.readyReplicas, hashes(w).size]).toEqual([2, 2, 1]);
      const after = await look();
      expect(after).toMatchObject({ uid, replicas: 2 });
      expect(after?.generation).toBeGreaterThan(generation);
      await subject.platform.setTemplate(ref, spec.template, uid);
      await until((w) => [w?.updatedReplicas, w?.readyReplicas, hashes(w).size]).toEqual([2, 2, 1]);
      expect((await look())?.object['spec']).toEqual(spec);
    });

    test('leaves another one of the same name alone', async () => {
      await applyReady();
      const other = '00000000-0000-4000-8000-000000000000';
      await expect(subject.platform.scale(ref, 2, other)).rejects.toThrow(ref.name);
      await expect(subject.platform.setTemplate(ref, {}, other)).rejects.toThrow(ref.name);
      await expect(subject.platform.remove(ref, other)).rejects.toThrow(ref.name);
      expect(await look()).toMatchObject({ replicas: 1, readyReplicas: 1 });
    });

    test('scales up and down, and knows the same number again', async () => {
      const before = await applyReady();
      await subject.platform.scale(ref, 3);
      expect((await look())?.replicas).toBe(3);
      await until((w) => w?.readyReplicas).toBe(3);
      const generation = (await look())?.generation ?? 0;
      expect(generation).toBeGreaterThan(before.generation);
      await subject.platform.scale(ref, 3);
      expect((await look())?.generation).toBe(generation);
      await subject.platform.scale(ref, 0);
      await until((w) => [w?.replicas, w?.readyReplicas, w?.pods.length]).toEqual([0, 0, 0]);
    });

    test('removes a Deployment, and runs it again from what it showed of it', async () => {
      const before = await applyReady({ replicas: 2 });
      await subject.platform.remove(ref);
      await until((w) => w).toBeUndefined();
      await subject.platform.remove(ref);
      await subject.platform.apply([before.object]);
      await until((w) => w?.readyReplicas).toBe(2);
      const after = await look();
      expect(after?.uid).not.toBe(before.uid);
      expect(after?.labels).toEqual(before.labels);
    });

    test('lists by namespace, by every label, and by name, sorted by name', async () => {
      const { namespace, name } = ref;
      const other = { namespace, name: `${name}-a` };
      const both = [given({ replicas: 0 }), given({ replicas: 0, name: other.name })];
      await subject.platform.apply(both.toReversed());
      try {
        const names = async (labels: Record<string, string>, where = namespace) =>
          (await subject.platform.list({ namespace: where, labels })).map((w) => w.ref.name);
        expect(await names({ appname: name })).toEqual([name, other.name]);
        expect(await names({ appname: name, release: '1.0.0' })).toEqual([name, other.name]);
        expect(await names({ appname: name, release: '9.9.9' })).toEqual([]);
        expect(await names({ appname: name }, 'another-namespace')).toEqual([]);
        const named = { namespace, labels: {}, names: [other.name] };
        expect((await subject.platform.list(named)).map((w) => w.ref)).toEqual([other]);
      } finally {
        await subject.platform.remove(other);
      }
    });

    test('watches: what is there first, then every change, until it is aborted', async () => {
      await applyReady();
      const stop = new AbortController();
      const seen = new Set<string>();
      for await (const [workload] of subject.platform.watch(selector(), stop.signal)) {
        const { readyReplicas, replicas } = workload ?? { readyReplicas: 0, replicas: 'gone' };
        if (seen.size === 0) await subject.platform.scale(ref, 2);
        if (readyReplicas === 2) await subject.platform.remove(ref);
        if (!workload) stop.abort();
        seen.add(`${readyReplicas} of ${replicas}`);
      }
      expect([...seen]).toEqual(['1 of 1', '1 of 2', '2 of 2', '0 of gone']);
    });
  });
}
