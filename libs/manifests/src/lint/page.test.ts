import { describe, expect, it } from 'vitest';
import { catalogue, parseParameters, renderObjects, toYaml } from '../index.ts';
import { lint } from './lint.ts';
import { readManifests } from './read/read-manifests.ts';
import { liveRules, rules } from './rules.ts';
import { articleManifests } from './testing/article.ts';
import { rulesPage } from './testing/rules-page.ts';

describe('the rules', () => {
  const all = [...rules, ...liveRules];

  it('have ids of their own, and say why and how to fix it', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const { id, summary, why, fix } of all) {
      expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
      expect(summary, id).toMatch(/^[^.]+$/);
      expect(why, id).toMatch(/\.$/);
      expect(fix, id).toMatch(/\.$/);
    }
  });

  it('are what the documentation says, and find in the article what it explains', async () => {
    const page = rulesPage(await lint(await articleManifests()));
    await expect(page).toMatchFileSnapshot('../../../../docs/lint.md');
  });

  it('find nothing in our own manifests, together and each entry by itself', async () => {
    const names = Object.keys(catalogue);
    for (const rendered of [names, ...names.map((name) => [name])]) {
      const yaml = toYaml(renderObjects(rendered, parseParameters({})));
      expect(await lint(readManifests('rendered.yaml', yaml))).toEqual([]);
    }
  });
});

describe('the article', () => {
  it('has exactly the findings that the documentation explains', async () => {
    const findings = await lint(await articleManifests());
    expect(
      findings.map(({ file, rule, severity, object }) => [file, severity, rule, object]),
    ).toEqual([
      ['prometheus.yaml', 'warning', 'probes-missing', 'Deployment prometheus'],
      ['prometheus.yaml', 'warning', 'resources-missing', 'Deployment prometheus'],
      ['prometheus.yaml', 'warning', 'image-tag', 'Deployment prometheus'],
      ['tomcat.yaml', 'error', 'service-several-apps', 'Service myapp-svc'],
      ['tomcat.yaml', 'warning', 'liveness-as-readiness', 'Deployment tomcat-deploy-v1.11.1'],
      ['v1.yaml', 'error', 'service-several-apps', 'Service myapp-svc'],
      ['v1.yaml', 'warning', 'liveness-as-readiness', 'Deployment myapp-deploy-v1.0'],
      ['v2.yaml', 'warning', 'liveness-as-readiness', 'Deployment myapp-deploy-v2.0'],
    ]);
  });
});
