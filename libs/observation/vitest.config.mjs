import { unitTests } from '../../vitest.base.mjs';

export default unitTests({
  test: {
    // The test beside a real Prometheus mostly waits (it looks for targets every 5 s): the others need not.
    maxWorkers: 2,
    // What is waited for comes at once on an idle machine, and late on one that others use too.
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
