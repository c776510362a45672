import type { DemoSummary, Split } from './events.ts';

/** A share from 0 to 1 as a percentage. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** The observed share with its interval, beside what the replicas allow. */
export function splitText({ canary, requests, observed, replicaShare }: Split): string {
  const { share, low, high } = observed;
  return (
    `${percent(share)} of the traffic [${percent(low)} to ${percent(high)}, 95 %], ` +
    `${canary} of ${requests} requests; the replicas allow ${percent(replicaShare)}`
  );
}

/** What came of the demonstration, a line each. */
export function summaryLines(summary: DemoSummary): readonly string[] {
  const {
    outcome = 'not ended',
    reason,
    seconds,
    phases,
    split,
    traffic,
    lost,
    failures,
  } = summary;
  const times = phases.map(({ phase, seconds: took }) => `${phase} ${took.toFixed(1)} s`);
  const { stable, canary } = failures;
  return [
    outcome === 'promoted'
      ? `promoted: 2.0.0 has all the traffic, after ${seconds.toFixed(1)} s on ${summary.site}`
      : `${outcome}: ${canary.failed} of ${canary.requests} requests to 2.0.0 failed, ${stable.failed} of ${stable.requests} to 1.0.0`,
    `verdict    ${reason}`,
    ...(split ? [`canary     ${splitText(split)}`] : []),
    `requests   ${traffic.sent} sent, ${traffic.answered} answered, ${traffic.failed} failed, ${lost} lost`,
    `time       ${times.join(', ')}`,
  ];
}
