import { detectedSeries, detectMetrics, exposedBy } from '@canary/observation';
import type { JudgedSeries, Look, RolloutRecord } from '@canary/rollout';
import type { Judging } from '../release/judging.ts';

/**
 * What the page counts: the very series by which the release is judged, and where none is, what would be
 * found for one.
 */
export function pageSeries(): (look: Look, record: RolloutRecord | undefined) => JudgedSeries {
  let found: JudgedSeries | undefined;
  return ({ samples }, record) => {
    const { series = {} } = (record?.judging ?? {}) as Partial<Judging>;
    if (Object.keys(series).length > 0) return series;
    if (found) return found;
    const [pod] = samples;
    const detected = detectMetrics(exposedBy(pod ? [pod] : []));
    if (detected.requests) found = detectedSeries(detected);
    return found ?? {};
  };
}
