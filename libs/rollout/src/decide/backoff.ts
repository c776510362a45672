/** Milliseconds to wait after so many failures in a row: half a second, doubled up to ten seconds. */
export function backoff(failures: number): number {
  return Math.min(10_000, 500 * 2 ** (failures - 1));
}
