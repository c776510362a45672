import { missingTool } from '@canary/kind';
import { test } from '@playwright/test';

/** Skips the tests of a file where there is no Docker, kind or kubectl; where CI is set, they fail instead. */
export function requireKind(): void {
  test.beforeAll(async () => {
    const missing = await missingTool();
    if (missing === undefined) return;
    if (process.env['CI'] === 'true') throw new Error(missing);
    test.skip(true, missing);
  });
}
