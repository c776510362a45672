import { unitTests } from '../../vitest.base.mjs';

export default unitTests();
