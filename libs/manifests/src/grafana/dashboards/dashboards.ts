import { dashboardOf } from './dashboard.ts';
import { releaseDashboard } from './release.ts';
import { rolloutDashboard } from './rollout.ts';

/** Every dashboard that Grafana is provisioned with, by the name of its file; the first is its home. */
export function dashboards() {
  return {
    'release.json': dashboardOf(releaseDashboard),
    'rollout.json': dashboardOf(rolloutDashboard),
  };
}
