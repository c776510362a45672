import { existsSync } from 'node:fs';
import { lint as lintManifests } from '@canary/manifests';
import { exitCodes, UsageError, type CommandSpec, type Io, type Options } from '../command.ts';
import { livePods } from '../lint/live-pods.ts';
import { readFiles } from '../lint/read-files.ts';
import { readTarget } from '../lint/read-target.ts';
import { allRules, jsonReport, type LintReport } from '../lint/report.ts';
import { sarifReport } from '../lint/sarif-report.ts';
import { textReport } from '../lint/text-report.ts';
import { commonOptions, siteOptions } from '../options.ts';
import { isAddress } from '../site/with-site.ts';
import { table } from '../table.ts';

const writers: Readonly<Record<string, (report: LintReport) => string>> = {
  text: textReport,
  json: jsonReport,
  sarif: sarifReport,
};

/** `canary lint`: what is wrong with manifests, whoever wrote them. */
export const lint: CommandSpec = {
  name: 'lint',
  summary: 'check manifests for what makes a release, or the sight of it, go wrong',
  description:
    'Checks Kubernetes manifests, YAML or JSON, for what makes a canary release go wrong, or makes it\n' +
    'impossible to see how it goes. All files are looked at together. A Deployment that is named\n' +
    '(deploy/shop) is read from the cluster, with its Services, and its pods are asked as with\n' +
    '--live. The exit code is 1 where\n' +
    'something was found, and 2 where a file cannot be read. docs/lint.md has every rule, why it is\n' +
    'one and how to fix what it finds.',
  arguments: {
    '[files...]': 'manifests, - is standard input; or a Deployment such as deploy/shop',
  },
  options: [
    {
      flags: '--disable <rule>',
      description: 'leave a rule out; may be repeated',
      many: true,
    },
    {
      flags: '--fail-on <severity>',
      description: 'the least that makes the exit code 1',
      choices: ['warning', 'error'],
      default: 'warning',
    },
    { flags: '--list', description: 'list the rules, and check nothing' },
    {
      flags: '--live',
      description: 'ask the running pods, too, whether they answer the metrics they promise',
    },
    ...siteOptions,
    { ...commonOptions.output, choices: ['text', 'json', 'sarif'], default: 'text' },
  ],
  examples: [
    'canary lint k8s/*.yaml',
    'helm template shop ./chart | canary lint - --disable resources-missing',
    'canary lint shop.yaml --live -n shop --context kind-canary',
    'canary lint k8s/*.yaml -o sarif --fail-on error > lint.sarif',
    'canary lint deploy/shop',
    'canary lint --list',
  ],
  run: async (io, [named], options) => {
    if (options['list'] === true) return list(io, options);
    const names = named as readonly string[];
    if (names.length === 0) {
      throw new UsageError(
        'there is nothing to check: name files, - for standard input, or a Deployment such as deploy/shop',
      );
    }
    const disabled = disabledRules(options);
    const targets = names.filter(isTarget);
    const files = names.filter((name) => !isTarget(name));
    const running = await Promise.all(targets.map((target) => readTarget(io, options, target)));
    const manifests = [...running.flat(), ...(await readFiles(io, files))];
    const isLive = options['live'] === true || targets.length > 0;
    const live = isLive ? { live: livePods(io, options) } : {};
    const findings = await lintManifests(manifests, { disabled, ...live });
    io.out(writers[String(options['output'])]!({ objects: manifests.length, findings }));
    const fails = findings.some(
      ({ severity }) => options['failOn'] === 'warning' || severity === 'error',
    );
    return fails ? exitCodes.error : exitCodes.ok;
  },
};

/** A file may be called as an object is: `deploy/shop.yaml`. */
function isTarget(name: string): boolean {
  return isAddress(name) && !/\.(ya?ml|json)$/i.test(name) && !existsSync(name);
}

function list(io: Io, options: Options) {
  if (options['output'] === 'json') {
    const texts = allRules.map(({ id, severity, summary, why, fix }) => ({
      id,
      severity,
      summary,
      why,
      fix,
    }));
    io.out(JSON.stringify(texts, null, 2));
  } else {
    const rows = allRules.map(({ id, severity, summary }) => [id, severity, summary]);
    for (const line of table(rows)) io.out(line);
  }
  return exitCodes.ok;
}

function disabledRules(options: Options): readonly string[] {
  const disabled = (options['disable'] ?? []) as readonly string[];
  for (const rule of disabled) {
    if (allRules.some(({ id }) => id === rule)) continue;
    throw new UsageError(
      `--disable ${JSON.stringify(rule)} is no rule: canary lint --list has them all`,
    );
  }
  return disabled;
}
