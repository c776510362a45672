/** A share from 0 to 1 as a percentage of two digits, such as `0.13 %` or `20 %`. */
export function percentText(share: number): string {
  return `${Number((100 * share).toPrecision(share >= 0.1 ? 3 : 2))} %`;
}
