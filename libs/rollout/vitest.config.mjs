import { unitTests } from '../../vitest.base.mjs';

// The properties take some seconds, and more on a busy machine.
export default unitTests({ test: { testTimeout: 60_000 } });
