/** A share from 0 to 1 as a percentage, written as `canary status` writes it. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The time of day, here. */
export function timeOfDay(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour12: false });
}

/** A number with few digits, such as `0.52`, `12` or `3.1e8`. */
export function short(value: number): string {
  if (value !== 0 && (value >= 1e5 || value < 0.001))
    return value.toExponential(1).replace('e+', 'e');
  return String(Number(value.toPrecision(3)));
}

/** A time in the unit that suits it, such as `68 ms` or `1.2 s`. */
export function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${short(value / 1000)} s`;
}
