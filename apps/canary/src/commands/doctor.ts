import { exitCodes, type CommandSpec } from '../command.ts';
import { findingOf, type Finding } from '../doctor-checks.ts';
import { commonOptions, siteOptions } from '../options.ts';
import { targetFindings } from '../release/target-findings.ts';
import { siteChecks } from '../site/site-checks.ts';
import { siteOptionsOf } from '../site/site-options.ts';
import { targetOf } from '../site/with-site.ts';
import { table } from '../table.ts';

const WORDS: Readonly<Record<Finding['state'], string>> = {
  ok: 'ok',
  missing: 'MISSING',
  absent: 'absent',
  'in the way': 'IN THE WAY',
  beware: 'beware',
  note: 'note',
};

/** `canary doctor`: whether everything is there that a release needs. */
export const doctor: CommandSpec = {
  name: 'doctor',
  summary: 'check the tools, the cluster and the rights that a release needs',
  description:
    'Checks the tools, the cluster and the rights that a release needs, or with --on local what one\n' +
    'needs on the platform of canary up. What is MISSING has to be mended, and the exit\n' +
    'code is 1; a release can be carried out without what is absent. Of a Deployment that is named it\n' +
    'shows as well what is in the way of any release, and what may be lost.',
  arguments: { '[target]': 'a Deployment that is to be released, such as deploy/shop' },
  options: [
    ...siteOptions,
    { ...commonOptions.output, choices: ['text', 'json'], default: 'text' },
  ],
  examples: [
    'canary doctor',
    'canary doctor --context kind-canary -n shop',
    'canary doctor deploy/shop',
    'canary doctor --on local',
  ],
  run: async (io, [target], options) => {
    const names = { naming: undefined, isInPlace: target !== undefined };
    if (typeof target === 'string') targetOf(target);
    const { checks, close } = await siteChecks(siteOptionsOf(io, options, names), io.env['PATH']);
    try {
      const findings: Finding[] = [];
      const isLost = () => findings.some(({ name, state }) => name === 'cluster' && state !== 'ok');
      for (const check of checks) if (!isLost()) findings.push(await findingOf(check));
      if (typeof target === 'string' && !isLost())
        findings.push(...(await targetFindings(io, options, target)));
      const rows = findings.map(({ name, state, message }) => [WORDS[state], name, message]);
      const isJson = options['output'] === 'json';
      for (const line of isJson ? [JSON.stringify(findings, null, 2)] : table(rows)) io.out(line);
      const isMissing = findings.some(({ state }) => state === 'missing' || state === 'in the way');
      return isMissing ? exitCodes.error : exitCodes.ok;
    } finally {
      await close();
    }
  },
};
