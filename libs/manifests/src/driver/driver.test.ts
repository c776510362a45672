import { expect, it } from 'vitest';
import { parseParameters } from '../parameters.ts';
import { driverRole } from './access.ts';
import { driverJob } from './job.ts';

const parameters = parseParameters({ namespace: 'shop' });
const jobOf = (driven: object) => {
  const job = driverJob(parameters, { app: 'shop', now: 1e12, takeOver: false, ...driven });
  const { template } = job['spec'] as {
    template: {
      metadata: { labels: Record<string, string> };
      spec: { containers: { args: string[] }[] };
    };
  };
  const { labels } = template.metadata;
  return { name: job.metadata.name, labels, args: template.spec.containers[0]!.args.join(' ') };
};

it('drives a Deployment in place under a name and a label that the API server takes', () => {
  const app = `${'shop.'.repeat(12)}xy.${'z'.repeat(100)}`;
  const { name, labels, args } = jobOf({ app, isInPlace: true });
  expect(args).toBe(`drive deploy/${app} --namespace shop --serve-metrics 9464`);
  expect(name).toMatch(/^canary-driver-[a-z0-9-]{1,49}$/);
  expect(labels['canary/app']).toBe(`${'shop.'.repeat(12)}xy`);
});

it('drives the releases of an app, and takes them over where it is to', () => {
  expect(jobOf({}).args).toBe('drive --app shop --namespace shop --serve-metrics 9464');
  expect(jobOf({ takeOver: true, isInPlace: true }).args).toMatch(
    /^drive deploy\/shop .* --take-over$/,
  );
});

it('may do with Deployments what a release in place needs, in its namespace', () => {
  const role = driverRole(parameters);
  expect(role.metadata.namespace).toBe('shop');
  expect(role['rules']).toContainEqual({
    apiGroups: ['apps'],
    resources: ['deployments'],
    verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
  });
});
