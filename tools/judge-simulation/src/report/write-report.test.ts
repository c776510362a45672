import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resultWith } from '../testing/results.ts';
import { writeReport } from './write-report.ts';

const PAGE = `# A page

<!-- real services: written by \`npx nx run judge-simulation:run\` -->
<!-- end of the real services -->

Between.

<!-- figures: written by \`npx nx run judge-simulation:run\` -->
<!-- end of the figures -->
`;
const results = [
  resultWith({ name: 'plain' }, { ours: [4, 0], flagger: [800, 0] }),
  resultWith(
    { name: 'broken', times: Infinity },
    { ours: [1000, 198], flagger: [1000, 7128], argo: [1000, 2376], kayenta: [1000, 71_280] },
  ),
  resultWith(
    { name: 'real clumps3 100 rps base 0.01 errors x1 looks 1 s', scenario: 'clumps3', every: 1 },
    { ours: [7, 0] },
  ),
];

describe('writeReport', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'judge-simulation-'));
    await mkdir(join(folder, 'images'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes real services into their own place, apart from peers’, and everything as JSON', async () => {
    await writeFile(join(folder, 'judge-simulation.md'), PAGE);
    await writeReport(results, [], pathToFileURL(`${folder}/`));
    const [real, peers] = (await readFile(join(folder, 'judge-simulation.md'), 'utf8')).split(
      'Between.',
    );
    expect(real).toContain('| failures in threes on one pod');
    expect(real).toContain('0.7 % (7 of 1000)');
    expect(real).not.toContain('Flagger');
    expect(peers).toContain('| Flagger 1m/5');
    expect(peers).not.toContain('threes');
    const json = JSON.parse(await readFile(join(folder, 'judge-simulation.json'), 'utf8')) as {
      cells: { scenario: string; lookSeconds: number }[];
    };
    expect(json.cells.map(({ scenario, lookSeconds }) => [scenario, lookSeconds])).toEqual([
      ['independent', 10],
      ['independent', 10],
      ['clumps3', 1],
    ]);
    expect(await readdir(join(folder, 'images'))).toHaveLength(3);
  });
});
