import { fieldsOf, listOf, valueAt, type Path } from '../model/fields.ts';
import type { Manifest } from '../model/manifest.ts';
import type { Workload } from '../model/workload.ts';
import type { Problem, Rule } from '../rule.ts';

/** Numbers and truth values where Kubernetes takes texts only. */
export const valueNotText: Rule = {
  id: 'value-not-text',
  severity: 'error',
  summary: 'a label, annotation, selector or variable whose value is no text',
  why: 'YAML reads `1.10` as a number and `true` or `yes` as a truth value unless they are in quotes. Kubernetes takes only texts there and refuses the object; and a version has lost its last zero on the way.',
  fix: 'Put the value in quotes: `release: "1.10"`, `prometheus.io/scrape: "true"`.',
  check: ({ manifests, workloads }) => [
    ...manifests.flatMap((manifest) =>
      ownPaths(manifest).flatMap((path) => entriesAt(manifest, path)),
    ),
    ...workloads.flatMap((workload) => [
      ...podPaths(workload).flatMap((path) => entriesAt(workload.manifest, path)),
      ...workload.containers.flatMap(({ fields, path }) =>
        listOf(fields['env']).flatMap((variable, index) => {
          const { name, value } = fieldsOf(variable);
          const at = [...path, 'env', index, 'value'];
          return problemOf(workload.manifest, at, { what: `variable ${String(name)}`, value });
        }),
      ),
    ]),
  ],
};

/** Where an object of any kind has texts, and the kinds that have nothing else. */
function ownPaths({ group, kind }: Manifest): Path[] {
  const core: Readonly<Record<string, Path>> = {
    Service: ['spec', 'selector'],
    ConfigMap: ['data'],
    Secret: ['stringData'],
  };
  const more = group === '' && Object.hasOwn(core, kind) ? [core[kind]!] : [];
  return [['metadata', 'labels'], ['metadata', 'annotations'], ...more];
}

function podPaths({ template, selector }: Workload): Path[] {
  const own = [
    [...template, 'metadata', 'labels'],
    [...template, 'metadata', 'annotations'],
  ];
  return [
    ...(selector ? [['spec', 'selector', 'matchLabels']] : []),
    ...(template.length > 0 ? own : []),
    [...template, 'spec', 'nodeSelector'],
  ];
}

function entriesAt(manifest: Manifest, path: Path): Problem[] {
  const what = String(path.at(-1));
  return Object.entries(fieldsOf(valueAt(manifest.fields, path))).flatMap(([key, value]) =>
    problemOf(manifest, [...path, key], { what: `${NAMES[what] ?? what} ${key}`, value }),
  );
}

const NAMES: Readonly<Record<string, string>> = {
  labels: 'label',
  annotations: 'annotation',
  matchLabels: 'selector label',
  selector: 'selector label',
  nodeSelector: 'node selector',
  data: 'key',
  stringData: 'key',
};

interface Value {
  readonly what: string;
  readonly value: unknown;
}

function problemOf(manifest: Manifest, path: Path, { what, value }: Value): Problem[] {
  if (typeof value !== 'number' && typeof value !== 'boolean') return [];
  const type = typeof value === 'number' ? 'number' : 'truth value';
  return [{ manifest, path, message: `${what} is the ${type} ${String(value)}, and no text` }];
}
