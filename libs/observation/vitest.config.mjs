import { unitTests } from '../../vitest.base.mjs';

// The test beside a real Prometheus mostly waits (it looks for targets every 5 s): the others need not.
export default unitTests({ test: { maxWorkers: 2 } });
