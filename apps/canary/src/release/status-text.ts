import {
  sentence,
  standingText,
  type StatusDriver,
  type StatusPod,
  type StatusView,
  type StatusWorkload,
} from '@canary/api/view';
import type { Fraction } from '@canary/rollout';
import { percent } from '../demo/text.ts';
import { table } from '../table.ts';

/** The status as a tree: the rollout, its Deployments, their pods. */
export function statusText(view: StatusView): string[] {
  const { app, namespace, frozen, workloads } = view;
  return [
    `${app} in namespace ${namespace}`,
    ...(frozen ? [`frozen by ${frozen.by}: ${frozen.reason}`] : []),
    ...rolloutLines(view),
    ...workloads.flatMap((workload, index) =>
      workloadLines(workload, index === workloads.length - 1),
    ),
    ...(workloads.length === 0 ? ['no Deployment'] : []),
  ];
}

function rolloutLines({ rollout }: StatusView): string[] {
  if (!rollout) return ['no rollout yet'];
  const { from, to, stage, stages, what, outcome, reason, waitsFor, driver } = rollout;
  const { targetShare, replicaShare, observedShare } = rollout;
  const rows: (readonly [string, string])[] = [['release', `${from} -> ${to}`]];
  if (outcome === undefined) rows.push(['stage', `${stage} of ${stages}: ${what}`]);
  else rows.push(['outcome', outcome]);
  rows.push(['why', sentence(reason)]);
  if (waitsFor !== undefined) rows.push(['waits for', waitsFor]);
  if (driver !== undefined) rows.push(['driver', driverText(driver)]);
  if (targetShare !== undefined) rows.push(['target', percent(targetShare)]);
  rows.push(['replicas', `${fraction(replicaShare)} of the ready ones`]);
  if (observedShare) {
    const { share, low, high, canary, requests } = observedShare;
    const interval = `[${percent(low)} to ${percent(high)}, 95 %]`;
    rows.push(['observed', `${percent(share)} ${interval}, ${canary} of ${requests} requests`]);
  }
  rows.push(...judgeRows(rollout));
  return table(rows);
}

function judgeRows({ standing, judge }: NonNullable<StatusView['rollout']>) {
  const said = standing ? standingText(standing) : judge ? [judge.reason] : [];
  const lines = [...said, ...(judge?.notes ?? [])];
  return lines.map((line, index) => [index === 0 ? 'judge' : '', sentence(line)] as const);
}

function workloadLines(workload: StatusWorkload, isLast: boolean): string[] {
  const { role, name, release, replicas, readyReplicas, pods } = workload;
  const what = role === undefined ? '' : ` (${role})`;
  const trunk = isLast ? '   ' : '│  ';
  const cells = pods.map((pod) => [
    pod.name,
    stateOf(pod),
    `${pod.restarts} restarts`,
    pod.node ?? 'no node',
    pod.reason === undefined || pod.terminating ? '' : why(pod.reason, pod.message),
  ]);
  return [
    `${isLast ? '└─' : '├─'} ${name}  release ${release}${what}  ${readyReplicas} of ${replicas} ready`,
    ...table(cells).map((line, index) => {
      const branch = index === pods.length - 1 ? '└─' : '├─';
      return `${trunk}${branch} ${line}`;
    }),
  ];
}

function stateOf({ terminating, ended, ready }: StatusPod): string {
  if (ended) return 'ended';
  if (terminating) return 'leaving';
  return ready ? 'ready' : 'not ready';
}

function driverText({ holder, silentMs, gone }: StatusDriver): string {
  const ago = `${holder}, last heard of ${Math.round(silentMs / 1000)} s ago`;
  return gone ? `${ago}: gone, canary start --resume goes on` : ago;
}

function why(reason: string, message: string | undefined): string {
  return message === undefined ? reason : `${reason}: ${sentence(message)}`;
}

function fraction({ numerator, denominator }: Fraction): string {
  return `${numerator}/${denominator} = ${percent(numerator / denominator)}`;
}
