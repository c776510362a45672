import { runTool } from '@canary/kind';
import type { Check } from '../doctor-checks.ts';

/** The tools that `canary demo --on kind` and the article's own commands use. */
export const toolChecks: readonly Check[] = (
  [
    ['docker', ['info', '--format', '{{.ServerVersion}}']],
    ['kind', ['version', '--quiet']],
    ['kubectl', ['version', '--client']],
  ] as const
).map(([tool, args]) => ({
  name: tool,
  needed: false,
  look: async () => {
    const said = await runTool(tool, args, { timeout: 20_000 });
    return said.split('\n')[0] ?? '';
  },
}));
