import { expect, it } from 'vitest';
import { runTool, ToolError } from './tool.ts';

it('names the tool that is not installed, and how to get it', async () => {
  const run = runTool('kind', ['version'], { env: { PATH: '' }, extendEnv: false });
  await expect(run).rejects.toThrow(ToolError);
  await expect(run).rejects.toThrow(
    'kind is not on the PATH: install kind (https://kind.sigs.k8s.io',
  );
});
