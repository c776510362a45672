import { fieldsOf, isFields, numberOf, type Fields } from './fields.ts';
import type { Container } from './container.ts';

export const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const HANDLERS = ['httpGet', 'tcpSocket', 'grpc', 'exec'];

/** A probe of a container. */
export interface Probe {
  /** What is asked, and of whom; the same for probes that ask the same; empty where it asks nothing. */
  readonly asks: string;
  readonly fields: Fields;
  /** How long it may fail before the container counts as failed, at the least. */
  readonly givesUpAfterSeconds: number;
}

/** The probe that a container has; undefined where it has none. */
export function probeOf(
  { fields: container }: Container,
  name: (typeof PROBES)[number],
): Probe | undefined {
  const fields = container[name];
  if (!isFields(fields)) return undefined;
  const period = numberOf(fields['periodSeconds']) ?? 10;
  const failures = numberOf(fields['failureThreshold']) ?? 3;
  const asks = HANDLERS.filter((handler) => handler in fields).map((handler) =>
    JSON.stringify([handler, sorted(fieldsOf(fields[handler]))]),
  );
  return { asks: asks.join(), fields, givesUpAfterSeconds: period * failures };
}

function sorted(fields: Fields): unknown {
  return Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
}
