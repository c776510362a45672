import { describe, expect, it } from 'vitest';
import type { Finding } from '@canary/manifests';
import { allRules } from './report.ts';
import { sarifReport } from './sarif-report.ts';

const finding: Finding = {
  rule: 'image-tag',
  severity: 'warning',
  file: 'k8s/my shop.yaml',
  line: 12,
  object: 'Deployment web',
  message: 'image "web" of container web has no tag',
};

const read = (...findings: Finding[]) =>
  JSON.parse(sarifReport({ objects: 1, findings })) as {
    runs: {
      tool: { driver: { name: string; rules: { id: string; help: { text: string } }[] } };
      results: {
        ruleIndex: number;
        locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
      }[];
    }[];
  };

describe('sarifReport', () => {
  it('is SARIF 2.1.0 with one run, also without a finding', () => {
    expect(read()).toMatchObject({
      $schema: expect.stringMatching(/sarif-2\.1\.0\.json$/) as string,
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'canary lint' } }, results: [] }],
    });
  });

  it('has every rule, with help and a level that SARIF knows', () => {
    const { rules } = read().runs[0]!.tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(allRules.map(({ id }) => id));
    for (const rule of rules) {
      expect(rule).toEqual({
        id: expect.stringMatching(/\w/) as string,
        shortDescription: { text: expect.stringMatching(/^[A-Z].*\.$/) as string },
        fullDescription: { text: expect.stringMatching(/\w/) as string },
        help: {
          text: expect.stringMatching(/To fix it: /) as string,
          markdown: expect.stringMatching(/\*\*To fix it:\*\* /) as string,
        },
        defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) as string },
      });
    }
  });

  it('places each finding, and points at its rule', () => {
    const { results, tool } = read(finding).runs[0]!;
    expect(results).toEqual([
      {
        ruleId: 'image-tag',
        ruleIndex: expect.any(Number) as number,
        level: 'warning',
        message: { text: 'Deployment web: image "web" of container web has no tag' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'k8s/my%20shop.yaml' },
              region: { startLine: 12 },
            },
            logicalLocations: [{ fullyQualifiedName: 'Deployment web', kind: 'resource' }],
          },
        ],
      },
    ]);
    expect(tool.driver.rules[results[0]!.ruleIndex]!.id).toBe('image-tag');
  });

  it('writes paths as URIs', () => {
    const uriOf = (file: string) =>
      read({ ...finding, file }).runs[0]!.results[0]!.locations[0]!.physicalLocation
        .artifactLocation.uri;
    expect(uriOf('./a.yaml')).toBe('a.yaml');
    expect(uriOf('../a#b.yaml')).toBe('../a%23b.yaml');
    expect(uriOf('/k8s/a b.yaml')).toBe('file:///k8s/a%20b.yaml');
  });
});
