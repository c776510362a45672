import type { Claim } from './must-hold.ts';
import type { CellResult } from './results.ts';
export async function writeReport(results: readonly CellResult[], claims: readonly Claim[]): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  await writeFile('/tmp/sim-results.json', JSON.stringify({ results, claims }));
}
