import { unitTests } from '../../vitest.base.mjs';

/** Tests that run processes wait for what they want to see: on a busy machine that may take a while. */
export default unitTests({ test: { testTimeout: 30_000, hookTimeout: 30_000 } });
