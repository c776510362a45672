import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

/** What several kubeconfig files say together; of entries of one name the first one counts. */
export interface MergedKubeconfig {
  readonly currentContext: string | undefined;
  readonly contexts: ReadonlyMap<string, RawEntry>;
  readonly clusters: ReadonlyMap<string, RawEntry>;
  readonly users: ReadonlyMap<string, RawEntry>;
  /** Files that were not there. */
  readonly missing: readonly string[];
}

/** An entry that nobody has looked at yet. */
export interface RawEntry {
  readonly body: unknown;
  /** Of the file that it is from; its relative paths begin there. */
  readonly folder: string;
}

/** A file that cannot be used; the message has nothing of what is in it, which may be a secret. */
export class KubeconfigFileError extends Error {
  override readonly name = 'KubeconfigFileError';
  readonly file: string;

  constructor(file: string, why: string, options?: ErrorOptions) {
    super(why, options);
    this.file = file;
  }
}

const KINDS = ['contexts', 'clusters', 'users'] as const;

const entries = z
  .array(z.looseObject({ name: z.coerce.string() }))
  .nullish()
  .transform((list) => list ?? []);
const fileSchema = z.object({
  'current-context': z.coerce.string().nullish(),
  contexts: entries,
  clusters: entries,
  users: entries,
});

/**
 * Merges kubeconfig files as kubectl does: files that are not there are passed over, the first entry
 * of a name wins as a whole, and so does the first current context.
 *
 * @throws {@link KubeconfigFileError}
 * @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/#merging-kubeconfig-files
 */
export function readKubeconfigs(files: readonly string[]): MergedKubeconfig {
  const merged = { contexts: new Map(), clusters: new Map(), users: new Map() } as Record<
    (typeof KINDS)[number],
    Map<string, RawEntry>
  >;
  const missing: string[] = [];
  let currentContext: string | undefined;

  for (const file of new Set(files)) {
    const text = read(file);
    if (text === undefined) {
      missing.push(file);
      continue;
    }
    const config = parse(file, text);
    const { 'current-context': current } = config;
    if (current) currentContext ??= current;
    for (const kind of KINDS) {
      const own = new Set<string>();
      for (const { name, [kind.slice(0, -1)]: body } of config[kind]) {
        if (own.has(name))
          throw new KubeconfigFileError(file, `it has two ${kind} of the name "${name}"`);
        own.add(name);
        if (!merged[kind].has(name)) merged[kind].set(name, { body, folder: dirname(file) });
      }
    }
  }
  return { ...merged, currentContext, missing };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new KubeconfigFileError(file, message, { cause });
  }
}

function parse(file: string, text: string): z.output<typeof fileSchema> {
  const lines = new LineCounter();
  // Pretty errors quote the line, which may be a token's.
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const [wrong] = document.errors;
  if (wrong) {
    const { line } = lines.linePos(wrong.pos[0]);
    throw new KubeconfigFileError(file, `line ${line} is no YAML: ${wrong.code}`);
  }
  const parsed = fileSchema.safeParse(document.toJS() ?? {});
  if (!parsed.success) throw new KubeconfigFileError(file, complaint(parsed.error));
  return parsed.data;
}

/** The first thing that is wrong, and where; never the value. */
export function complaint({ issues: [issue] }: z.ZodError): string {
  const where = issue?.path.join('.') ?? '';
  return `${where === '' ? 'it' : where}: ${issue?.message ?? 'invalid'}`;
}
