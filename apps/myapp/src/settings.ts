import { z } from 'zod';

/** Everything that the environment decides, checked. */
export interface Settings {
  /** What `/` says that it is. */
  readonly version: string;
  /** TCP port; 0 lets the system choose one. */
  readonly port: number;
  /** Bounds of the time that `/` takes, in milliseconds; equal bounds make it constant. */
  readonly latencyMs: { readonly min: number; readonly max: number };
  /** Share of the requests to `/` that are answered with 500, from 0 to 1. */
  readonly errorRate: number;
  /** `errorRate` holds only from so many seconds after the start on: a regression that begins late. */
  readonly failAfterSeconds: number;
  /** For so many seconds after its start the service is cold. */
  readonly coldSeconds: number;
  /** Share of the requests to `/` that a cold service answers with 500 beside `errorRate`, from 0 to 1. */
  readonly coldErrorRate: number;
  /** How many times as long a cold service takes for `/`. */
  readonly coldLatencyTimes: number;
  /** Share of the requests to `/` that are never answered, from 0 to 1; their connections end with the service. */
  readonly hangRate: number;
  /** Share of the scrapes of `/metrics` that are answered with 503, from 0 to 1. */
  readonly metricsFailRate: number;
  /** How long SIGTERM lets the service go on answering, in seconds. */
  readonly drainSeconds: number;
}

/** Some variables of the environment are not allowed; the message has a line for each. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const numberBetween = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));

const share = {
  allowed: 'a number from 0 (never) to 1 (always), such as 0.05',
  schema: numberBetween(0, 1),
  unset: '0',
} as const;

const variables = {
  VERSION: {
    allowed: 'up to 63 letters, digits, dots, dashes or underscores, such as v2.0.0',
    schema: z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/),
    unset: '888',
  },
  PORT: {
    allowed: 'a whole number from 0 (any free port) to 65535',
    schema: numberBetween(0, 65_535).pipe(z.int()),
    unset: '5555',
  },
  LATENCY_MS: {
    allowed: 'milliseconds from 0 to 60000, one number or a range such as 0-1000',
    schema: z
      .string()
      .regex(/^\d{1,5}(-\d{1,5})?$/)
      .transform((text) => {
        const [min = 0, max = min] = text.split('-').map(Number);
        return { min, max };
      })
      .refine(({ min, max }) => min <= max && max <= 60_000),
    unset: '0-1000',
  },
  ERROR_RATE: share,
  FAIL_AFTER_SECONDS: {
    allowed: 'seconds from 0 (from the start on) to 86400',
    schema: numberBetween(0, 86_400),
    unset: '0',
  },
  COLD_SECONDS: {
    allowed: 'seconds from 0 (never cold) to 3600',
    schema: numberBetween(0, 3600),
    unset: '0',
  },
  COLD_ERROR_RATE: share,
  COLD_LATENCY_TIMES: {
    allowed: 'a number from 1 (as fast as later) to 100',
    schema: numberBetween(1, 100),
    unset: '1',
  },
  HANG_RATE: share,
  METRICS_FAIL_RATE: share,
  DRAIN_SECONDS: {
    allowed: 'seconds from 0 to 3600',
    schema: numberBetween(0, 3600),
    unset: '5',
  },
} as const;

/**
 * Reads the settings off the environment; a variable that is not set has its default.
 *
 * @throws {@link SettingsError} naming every variable that is not allowed, its value and what is
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: string[] = [];
  const read = <Value>(name: keyof typeof variables, schema: z.ZodType<Value>): Value => {
    const value = env[name] ?? variables[name].unset;
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    problems.push(
      `${name}=${JSON.stringify(value)} is not allowed: use ${variables[name].allowed}`,
    );
    return undefined as Value;
  };
  const settings = {
    version: read('VERSION', variables.VERSION.schema),
    port: read('PORT', variables.PORT.schema),
    latencyMs: read('LATENCY_MS', variables.LATENCY_MS.schema),
    errorRate: read('ERROR_RATE', variables.ERROR_RATE.schema),
    failAfterSeconds: read('FAIL_AFTER_SECONDS', variables.FAIL_AFTER_SECONDS.schema),
    coldSeconds: read('COLD_SECONDS', variables.COLD_SECONDS.schema),
    coldErrorRate: read('COLD_ERROR_RATE', variables.COLD_ERROR_RATE.schema),
    coldLatencyTimes: read('COLD_LATENCY_TIMES', variables.COLD_LATENCY_TIMES.schema),
    hangRate: read('HANG_RATE', variables.HANG_RATE.schema),
    metricsFailRate: read('METRICS_FAIL_RATE', variables.METRICS_FAIL_RATE.schema),
    drainSeconds: read('DRAIN_SECONDS', variables.DRAIN_SECONDS.schema),
  };
  if (problems.length > 0) throw new SettingsError(problems.join('\n'));
  return settings;
}
