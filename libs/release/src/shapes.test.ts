import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { releaseNameOf } from './release-name.ts';
import { preflight } from './preflight/preflight.ts';
import { shape, type Shape } from './testing/shapes.ts';

/** A Deployment as people publish it: its file, the app's container, and all that is found. */
const shapes: readonly (readonly [file: string, container: string, findings: readonly string[]])[] =
  [
    ['app', 'shop', ['warn drain']],
    ['app-version', 'shop', ['warn drain']],
    ['name', 'shop', ['warn drain']],
    ['recommended-labels', 'shop', []],
    ['one-replica', 'shop', ['warn drain', 'info one-replica']],
    ['no-replicas', 'server', ['warn drain', 'info one-replica']],
    ['two-services', 'server', ['warn session-affinity', 'warn drain', 'info several-services']],
    ['sidecar', 'shop', ['warn drain']],
    ['init-container', 'shop', ['warn drain']],
    ['no-probe', 'php', ['warn readiness', 'warn drain']],
    ['recreate', 'shop', ['warn recreate', 'info one-replica']],
    [
      'read-write-once',
      'mysql',
      ['refuse volume-claim', 'warn readiness', 'warn drain', 'warn recreate', 'info one-replica'],
    ],
    ['autoscaled', 'shop', ['info autoscaler']],
    ['disruption-budget', 'shop', ['info disruption-budget']],
    ['anti-affinity', 'shop', ['warn anti-affinity']],
    ['quota', 'shop', ['refuse quota']],
    ['helm', 'shop', ['warn drain', 'info helm-owner']],
    ['argo-cd', 'shop', ['warn gitops-owner']],
    ['flux', 'shop', ['warn gitops-owner']],
  ];

const TRACKERS =
  /helm\.sh|argocd|fluxcd|managed-by|app\.kubernetes\.io\/instance|kubectl\.kubernetes|deployment\.kubernetes/;

it('has all files', () => {
  const files = readdirSync(new URL('testing/shapes/', import.meta.url));
  expect(files.sort()).toEqual(shapes.map(([file]) => `${file}.yaml`).sort());
});

describe.each(shapes)('%s', (file, container, expected) => {
  it('has these findings', () => {
    const findings = preflight(shape(file, container).facts);
    expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual(expected);
  });

  it('has a canary with all of its template, the new image, the label, and the wait', () => {
    const { facts, canary } = shape(file, container);
    const template = structuredClone(facts.deployment.spec.template);
    const { containers } = template.spec;
    for (const one of containers) {
      if (one.name === container) one.image = 'registry.example/shop:2.0.0';
      one.lifecycle ??= { preStop: { sleep: { seconds: 5 } } };
    }
    template.metadata!.labels!['canaryctl/role'] = 'canary';
    if (template.spec.terminationGracePeriodSeconds === 5)
      template.spec.terminationGracePeriodSeconds = 10;
    expect(canary['spec']).toMatchObject({ replicas: 1, revisionHistoryLimit: 0 });
    expect(templateOf({ canary })).toEqual(template);
  });

  it('has a canary of which no tool takes itself for the owner', () => {
    const { canary, stable } = shape(file, container);
    const { name, namespace, labels, annotations, ...others } = canary.metadata;
    expect([name, namespace]).toEqual([`${stable.metadata.name}-canary`, 'store']);
    expect(labels).toHaveProperty(['canaryctl/role'], 'canary');
    expect(Object.keys({ ...labels, ...annotations }).filter((key) => TRACKERS.test(key))).toEqual(
      [],
    );
    expect(others).toEqual({
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: stable.metadata.name,
          uid: 'a2b1c0d9-0000-4000-8000-000000000001',
          controller: false,
          blockOwnerDeletion: false,
        },
      ],
    });
    expect(canary).not.toHaveProperty('status');
  });

  it('is called by its tag', () => {
    const { facts } = shape(file, container);
    expect(releaseNameOf(facts.deployment.spec.template, facts.template)).toBe('2.0.0');
    expect(releaseNameOf(facts.template, facts.deployment.spec.template)).toBe('1.0.0');
  });
});

function templateOf({ canary }: Pick<Shape, 'canary'>): unknown {
  return (canary['spec'] as { readonly template: unknown }).template;
}
