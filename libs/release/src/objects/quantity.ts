const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};
const QUANTITY = /^(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?<suffix>[a-zA-Z]{0,2})$/;

/**
 * A quantity of Kubernetes as a number: `250m` is 0.25, `1Gi` is 1073741824. Undefined where it is
 * none.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantity(value: string | number): number | undefined {
  if (typeof value === 'number') return value;
  const { number, suffix } = QUANTITY.exec(value.trim())?.groups ?? {};
  const factor = SUFFIXES[suffix ?? ''];
  if (number === undefined || factor === undefined) return undefined;
  return Number(number) * factor;
}

const BYTES = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi'];

/** As people read it: whole numbers as they are, parts of a core as `250m`, bytes as `1.5Gi`. */
export function quantityText(amount: number, resource: string): string {
  if (/memory|storage/.test(resource)) {
    const unit = BYTES.findLast((name) => Math.abs(amount) >= SUFFIXES[name]!);
    return unit === undefined ? String(amount) : `${round(amount / SUFFIXES[unit]!)}${unit}`;
  }
  return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1000)}m`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
