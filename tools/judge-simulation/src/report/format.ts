import type { ShareInterval } from '@canary/judge';
import { scenarios } from '../world/scenarios.ts';
import type { Situation } from '../world/situation.ts';

/**
 * A Markdown table, padded as Prettier does.
 *
 * @param left so many columns are aligned to the left, the others to the right
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  left = 1,
): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((row) => row[i]!.length)));
  const pad = (cell: string, i: number) =>
    i < left ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!);
  const line = (cells: readonly string[]) => `| ${cells.map(pad).join(' | ')} |`;
  const rule = widths.map((width, i) =>
    i < left ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** 0.35 becomes 35 %, and shares below a tenth get one digit more. */
export function percent(share: number): string {
  return `${digits(share)} %`;
}

/** A share with its interval of 95 %. */
export function interval({ share, low, high }: ShareInterval): string {
  return `${percent(share)} (${digits(low)}–${digits(high)})`;
}

/** Three significant digits below 1,000, and thousands set apart. */
export function amount(value: number): string {
  if (Math.abs(value) >= 99.5) return Math.round(value).toLocaleString('en');
  return Number(value.toPrecision(2)).toString();
}

/** What the canary of a cell is like, in a table. */
export function canaryTitle({ times, latency }: Situation): string {
  if (times === Infinity) return 'broken';
  if (latency > 1)
    return latency >= 2 ? `latency ×${latency}` : `latency +${Math.round(100 * latency - 100)} %`;
  return times === 1 ? 'no worse' : `errors ×${times}`;
}

/** A cell in a sentence. */
export function cellTitle(cell: Situation): string {
  const { title } = scenarios[cell.scenario];
  return `${title}, ${amount(cell.rate)} rps, base ${baseTitle(cell.base)}, ${canaryTitle(cell)}`;
}

/** 0.01 becomes 1 %. */
export function baseTitle(base: number): string {
  return `${Number((100 * base).toPrecision(3))} %`;
}

function digits(share: number): string {
  const value = 100 * share;
  if (value === 0 || value >= 99.95) return value.toFixed(0);
  if (value < 0.1) return value.toFixed(2);
  return value < 10 || value > 99 ? value.toFixed(1) : value.toFixed(0);
}
