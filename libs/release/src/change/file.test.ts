import { expect, it } from 'vitest';
import { shop, type Shop } from '../testing/shop.ts';
import { fileFindings, templateOfFile } from './file.ts';

const restartedAt = { 'kubectl.kubernetes.io/restartedAt': '2026-11-01T00:00:00Z' };
const findings = (file: Shop) => fileFindings(shop(), shop(file));

it('refuses pods that the Deployment would not know', () => {
  expect(() => templateOfFile(shop(), shop({ labels: { app: 'cart' } }))).toThrow(
    "the file's pods are not Deployment shop's: they lack its selector's app=shop",
  );
});

it('keeps the mark of a restart, which no file has', () => {
  const spec = shop().spec;
  const template = {
    ...spec.template,
    metadata: { ...spec.template.metadata, annotations: restartedAt },
  };
  const restarted = shop({ spec: { template } });
  expect(templateOfFile(restarted, shop()).metadata?.annotations).toEqual(restartedAt);
});

it('refuses another selector', () => {
  const selector = { matchLabels: { app: 'shop', tier: 'web' } };
  expect(findings({ spec: { selector } })).toMatchObject([
    {
      rule: 'file-selector',
      severity: 'refuse',
      message: expect.stringContaining('app=shop,tier=web') as string,
    },
  ]);
});

it('names what else the file says otherwise', () => {
  const file = { metadata: { labels: { team: 'a' } }, spec: { replicas: 5, minReadySeconds: 9 } };
  expect(findings(file)).toMatchObject([
    {
      rule: 'file-other-fields',
      severity: 'warn',
      message: expect.stringContaining(
        'metadata.labels, spec.replicas, spec.minReadySeconds:',
      ) as string,
    },
  ]);
});

it('finds nothing where the file says less, as the API server fills it in', () => {
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } };
  const filled = shop({ spec: { strategy, progressDeadlineSeconds: 600 } });
  const file = shop({ spec: { strategy: { type: 'RollingUpdate' } } });
  expect(fileFindings(filled, file)).toEqual([]);
});
