import { standardLabels } from '../labels.ts';

/** Who a driver in the cluster is, and what its Role is called. */
export const DRIVER = 'canary-driver';
/** Where it serves its metrics. */
export const DRIVER_METRICS_PORT = 9464;

/** No `appname` and no `release` among them: it is no release, and no Service selects it. */
export const driverLabels = standardLabels('canary', 'driver');
