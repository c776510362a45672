import { unitTests } from '../../vitest.base.mjs';

/**
 * Tests that run processes wait for what they want to see, most of their time: on a busy machine
 * that may take a while, and two files at once hardly hinder each other.
 */
export default unitTests({ test: { testTimeout: 30_000, hookTimeout: 30_000, maxWorkers: 2 } });
