import * as z from 'zod';
import { prometheusNumber } from './prometheus-number.ts';

/** `[seconds, "value"]` as Prometheus writes a sample. */
const point = z.tuple([z.number(), z.string()]).transform(([seconds, text], context) => {
  const value = prometheusNumber(text);
  if (value !== undefined) return { at: Math.round(seconds * 1000), value };
  context.addIssue({ code: 'custom', message: `expected a number, got ${JSON.stringify(text)}` });
  return z.NEVER;
});
const labels = z.record(z.string(), z.string());

/** What a query gives; series of native histograms, which have no plain value, are left out. */
export const queryData = z.discriminatedUnion('resultType', [
  z
    .object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: labels, value: point.optional() })),
    })
    .transform(({ result }) => ({
      type: 'vector' as const,
      series: result.flatMap(({ metric, value }) => (value ? [{ labels: metric, value }] : [])),
    })),
  z
    .object({
      resultType: z.literal('matrix'),
      result: z.array(z.object({ metric: labels, values: z.array(point).optional() })),
    })
    .transform(({ result }) => ({
      type: 'matrix' as const,
      series: result.flatMap(({ metric, values }) => (values ? [{ labels: metric, values }] : [])),
    })),
  z
    .object({ resultType: z.literal('scalar'), result: point })
    .transform(({ result }) => ({ type: 'scalar' as const, value: result })),
  z
    .object({ resultType: z.literal('string'), result: z.tuple([z.number(), z.string()]) })
    .transform(({ result }) => ({ type: 'string' as const, text: result[1] })),
]);

export const targetsData = z
  .object({
    activeTargets: z.array(
      z.object({
        labels,
        scrapeUrl: z.string(),
        health: z.enum(['up', 'down', 'unknown']),
        lastError: z.string(),
      }),
    ),
  })
  .transform(({ activeTargets }) => activeTargets);

/** The envelope of an answer that says no. */
export const failure = z.object({
  status: z.literal('error'),
  errorType: z.string(),
  error: z.string(),
});

/** The envelope of an answer. */
export const success = z.object({ status: z.literal('success'), data: z.unknown() });
