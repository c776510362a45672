import type { PlatformObject } from '@canary/rollout';
import type { Parameters } from '../parameters.ts';
import { ruleGroups } from '../rules/rules.ts';
import { OPERATOR_API, OPERATOR_NAME, operatorLabels as labels } from './pod-monitor.ts';

/** Our rules, for a Prometheus that the Prometheus Operator runs. */
export function prometheusRule({ namespace }: Parameters): PlatformObject {
  return {
    apiVersion: OPERATOR_API,
    kind: 'PrometheusRule',
    metadata: { name: OPERATOR_NAME, namespace, labels },
    spec: ruleGroups,
  };
}
