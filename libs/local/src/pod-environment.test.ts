import { expect, it } from 'vitest';
import { expand, MissingConfigError, podEnvironment } from './pod-environment.ts';
import { containerSchema } from './pod-schema.ts';

const sources = {
  name: 'web-1',
  namespace: 'shop',
  uid: 'u-1',
  labels: { 'app.kubernetes.io/name': 'web' },
  annotations: { note: 'of a pod' },
  node: 'local',
  configMap: (name: string) =>
    name === 'settings'
      ? {
          apiVersion: 'v1' as const,
          kind: 'ConfigMap' as const,
          metadata: { name, namespace: 'shop', labels: {}, annotations: {} },
          data: { COLOR: 'blue', SIZE: '3' },
          binaryData: {},
        }
      : undefined,
};
const environment = (container: Record<string, unknown>) =>
  podEnvironment(containerSchema.parse({ name: 'web', image: 'web:1', ...container }), sources);
const field = (name: string, fieldPath: string) => ({
  name,
  valueFrom: { fieldRef: { fieldPath } },
});

it('names the ConfigMap that is not there', () => {
  const envFrom = [{ configMapRef: { name: 'other' } }];
  expect(() => environment({ envFrom })).toThrow(MissingConfigError);
  expect(() => environment({ envFrom })).toThrow('configmap "other" not found in namespace shop');
});

it('names the key that is not there, unless it is optional', () => {
  const from = (optional: boolean) => ({
    env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'settings', key: 'NO', optional } } }],
  });
  expect(() => environment(from(false))).toThrow('key "NO" of configmap "settings" not found');
  expect(environment(from(true))).not.toHaveProperty('X');
});

it('refuses a field that a pod here does not have', () => {
  expect(() => environment({ env: [field('X', 'status.phase')] })).toThrow('fieldPath');
});

it('takes fields of the pod', () => {
  const env = [
    field('UID', 'metadata.uid'),
    field('APP', "metadata.labels['app.kubernetes.io/name']"),
    field('NOTE', "metadata.annotations['note']"),
    field('NODE', 'spec.nodeName'),
    field('IP', 'status.podIP'),
  ];
  expect(environment({ env })).toEqual({
    HOSTNAME: 'web-1',
    UID: 'u-1',
    APP: 'web',
    NOTE: 'of a pod',
    NODE: 'local',
    IP: '127.0.0.1',
  });
});

it('takes all of a ConfigMap, with a prefix; env goes before it', () => {
  const envFrom = [
    { configMapRef: { name: 'settings' } },
    { prefix: 'P_', configMapRef: { name: 'settings' } },
  ];
  expect(environment({ envFrom, env: [{ name: 'SIZE', value: '4' }] })).toMatchObject({
    COLOR: 'blue',
    SIZE: '4',
    P_COLOR: 'blue',
    P_SIZE: '3',
  });
});

it('replaces what is known, leaves what is not, and unescapes', () => {
  expect(expand('$(A)-$(B)-$$(A)-$A', { A: '1' })).toBe('1-$(B)-$(A)-$A');
});
