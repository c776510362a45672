import { exitCodes, type CommandSpec } from '../command.ts';
import { findingOf, type Finding } from '../doctor-checks.ts';
import { clusterOptions, commonOptions, textOption } from '../options.ts';
import { table } from '../table.ts';

const WORDS: Readonly<Record<Finding['state'], string>> = {
  ok: 'ok',
  missing: 'MISSING',
  absent: 'absent',
};

/** `canary doctor`: whether everything is there that a release needs. */
export const doctor: CommandSpec = {
  name: 'doctor',
  summary: 'check the tools, the cluster and the rights that a release needs',
  description:
    'Checks the tools, the cluster and the rights that a release needs. What is MISSING has to be\n' +
    'mended, and the exit code is 1; a release can be carried out without what is absent.',
  options: [
    ...clusterOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: ['canary doctor', 'canary doctor --context kind-canary -n shop'],
  run: async (io, _, options) => {
    // Loaded only here: they bring a Kubernetes client.
    const { toolChecks } = await import('../site/tool-checks.ts');
    const { kubernetesChecks } = await import('../site/kubernetes-checks.ts');
    const { checks, close } = kubernetesChecks({
      namespace: textOption(options, 'namespace') ?? 'canary',
      context: textOption(options, 'context'),
      kubeconfig: textOption(options, 'kubeconfig'),
    });
    try {
      const findings: Finding[] = [];
      for (const check of [...toolChecks, ...checks]) {
        const isLost = findings.some(({ name, state }) => name === 'cluster' && state !== 'ok');
        if (!isLost) findings.push(await findingOf(check));
      }
      const rows = findings.map(({ name, state, message }) => [WORDS[state], name, message]);
      const isJson = options['output'] === 'json';
      for (const line of isJson ? [JSON.stringify(findings, null, 2)] : table(rows)) io.out(line);
      const isMissing = findings.some(({ state }) => state === 'missing');
      return isMissing ? exitCodes.error : exitCodes.ok;
    } finally {
      await close();
    }
  },
};
