const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;

/**
 * A number as Prometheus writes and reads it: decimal, `NaN`, `+Inf`, `-Inf`; `undefined` where the
 * text is none. Like Prometheus it takes infinity in any spelling of Go's, and neither hexadecimal
 * digits nor a decimal too large for a double.
 *
 * @see https://github.com/prometheus/prometheus/blob/v2.42.0/model/textparse/promparse.go `parseFloat`
 */
export function prometheusNumber(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  const infinity = INFINITY.exec(text);
  if (infinity) return infinity[1] === '-' ? -Infinity : Infinity;
  return /^nan$/i.test(text) ? NaN : undefined;
}
