import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDeployment, type Facts } from '@canary/release';
import type { PlatformObject } from '@canary/rollout';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReleaseWishes } from './site/site.ts';
import { fakeSite, type FakeSite } from './testing/fake-site.ts';
import { terminalOf } from './testing/terminal.ts';

/** The only Deployment there is. */
const NAME = 'myapp-deploy-v1.0';
const LOCAL = '--on local --state /tmp/canary-nowhere';

const service = (name: string, selector: object): PlatformObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'canary' },
  spec: { selector, ports: [{ port: 80, targetPort: 'http' }] },
});

/** A cluster without anything beside the Deployment. */
function factsOf({ deployment, template, canary }: ReleaseWishes): Promise<Facts> {
  const none = {
    services: [],
    endpointSlices: [],
    autoscalers: [],
    disruptionBudgets: [],
    volumeClaims: [],
    quotas: [],
    limitRanges: [],
    replicaSets: [],
    deployments: [],
  };
  const review = { group: 'apps', resource: 'deployments', verb: 'create', allowed: false };
  return Promise.resolve({
    ...none,
    ...{ deployment: readDeployment(deployment), template, canary: readDeployment(canary) },
    ...{ namespaceLabels: {}, dryRun: undefined, access: [review], unasked: [] },
  });
}

describe('canary doctor deploy/name', () => {
  it('takes no other kind', async () => {
    const { code, err } = await terminalOf(fakeSite())(`doctor sts/db ${LOCAL}`);
    expect(err).toContain('StatefulSet db cannot be released');
    expect(code).toBe(2);
  });

  it('says that it is not there', async () => {
    const { code, out } = await terminalOf(fakeSite())(`doctor deploy/nobody ${LOCAL}`);
    expect(out).toMatch(/^MISSING +deploy\/nobody +there is no Deployment nobody in namespace/m);
    expect(code).toBe(1);
  });

  it('finds first that no cluster is reached, without a namespace as well', async () => {
    const canary = terminalOf(fakeSite());
    const { code, out } = await canary(`doctor deploy/${NAME} --kubeconfig /nowhere/config`);
    expect(out).toMatch(/^MISSING +cluster +cannot reach a cluster/m);
    expect(out).not.toContain(NAME);
    expect(code).toBe(1);
    // A client of the cluster is loaded for it.
  }, 30_000);

  it('shows what is in the way of any release, and what may be lost', async () => {
    const site: FakeSite = { ...fakeSite(1), facts: factsOf };
    const { code, out } = await terminalOf(site)(`doctor deploy/${NAME} ${LOCAL}`);
    expect(out).toMatch(/^ok +deploy\/myapp-deploy-v1\.0 +.* 1 of 1 replicas ready$/m);
    expect(out).toMatch(/^IN THE WAY +Namespace canary +you may not create deployments/m);
    expect(out).toMatch(/^(beware|note) +/m);
    expect(code).toBe(1);
  });
});

describe('canary lint deploy/name', () => {
  it.each([
    ['deploy/nobody', 'there is no Deployment nobody in namespace canary'],
    ['sts/db', 'StatefulSet db cannot be released'],
    ['deploy/nothing.yaml', 'deploy/nothing.yaml cannot be read: there is no such file'],
  ])('refuses %s', async (name, message) => {
    const { code, err } = await terminalOf(fakeSite())(`lint ${name}`);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  it('checks it as it runs, with the Services that send traffic to its pods', async () => {
    const services = [service('myapp', { appname: 'myapp' }), service('other', { app: 'other' })];
    const site: FakeSite = { ...fakeSite(1), services: () => Promise.resolve(services) };
    const { code, out } = await terminalOf(site)(`lint deploy/${NAME}`);
    expect(out).toMatch(
      /^deploy\/myapp-deploy-v1\.0:1: .* none of 1 replicas ready for Service myapp$/m,
    );
    expect(out).not.toContain('other');
    expect(out).toContain('in 2 objects');
    expect(code).toBe(1);
  });

  it('asks the pods whether they answer the metrics that they promise', async () => {
    const site = fakeSite(1);
    const down = { health: 'down', error: 'it answers HTML', url: 'http://10.0.0.1/' } as const;
    const pod = site.workloads()[0]!.pods[0]!.name;
    const targets = [{ pod, release: '1.0.0', ...down }];
    site.observer = () =>
      Promise.resolve({ look: () => Promise.resolve({ at: 1, samples: [], targets }) });
    const { code, out } = await terminalOf(site)(`lint deploy/${NAME}`);
    expect(out).toContain(`deploy/${NAME}:1: error metrics-live: Deployment ${NAME}: 1 of 1`);
    expect(code).toBe(1);
  });

  it('takes a file for a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'canary-lint-'));
    const before = process.cwd();
    onTestFinished(async () => {
      process.chdir(before);
      await rm(folder, { recursive: true });
    });
    await mkdir(join(folder, 'deploy'));
    await writeFile(join(folder, 'deploy', 'shop'), 'kind: ConfigMap\napiVersion: v1\n');
    process.chdir(folder);
    const { out } = await terminalOf(fakeSite())('lint deploy/shop');
    expect(out).toBe('no finding in 1 object');
  });
});
