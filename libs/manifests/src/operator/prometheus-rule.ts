import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { PlatformObject } from '@canary/rollout';
import type { Parameters } from '../parameters.ts';
import { ruleGroups } from '../rules/rules.ts';
import { validated } from '../validated.ts';
import { OPERATOR_NAME, operatorLabels as labels } from './pod-monitor.ts';

/** Our rules, for a Prometheus that the Prometheus Operator runs. */
export function prometheusRule({ namespace }: Parameters): PlatformObject {
  const groups = ruleGroups.groups.map(({ name, rules }) => ({
    name,
    rules: rules.map((rule) => ({ ...rule })),
  }));
  return validated(
    new PrometheusRule({ metadata: { name: OPERATOR_NAME, namespace, labels }, spec: { groups } }),
  );
}
