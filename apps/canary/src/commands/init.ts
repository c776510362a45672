import { access, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exitCodes, UsageError, type CommandSpec } from '../command.ts';
import { CONFIG_FILE, placeOptions, textOption } from '../options.ts';
import { siteOptionsOf } from '../site/site-options.ts';
import { withSite } from '../site/with-site.ts';

const SCHEMA = 'canary.schema.json';

/** `canary init`: the settings of a Deployment's releases, written down. */
export const init: CommandSpec = {
  name: 'init',
  summary: 'look at a Deployment and write canary.yaml, the settings of its releases',
  description:
    'Looks at a Deployment, changes nothing of it, and writes canary.yaml: every setting with its meaning\n' +
    'and default, and what was seen as comments. Commands that are called in its folder read it. Its\n' +
    'JSON schema is written beside it, for editors.',
  arguments: { '[target]': 'the Deployment, such as deploy/shop' },
  options: [
    {
      flags: '-o, --output <file>',
      description: 'where to, - is standard output',
      default: CONFIG_FILE,
    },
    { flags: '--force', description: 'write it anew where it is there already' },
    { flags: '--schema', description: 'print the JSON schema alone, and look at nothing' },
    ...placeOptions,
  ],
  examples: [
    'canary init deploy/shop',
    'canary init deploy/shop -n shop -o -',
    'canary init deploy/shop --on local',
    'canary init --schema > canary.schema.json',
  ],
  run: async (io, [target], options) => {
    // Loaded only here: the help needs no schema.
    const { jsonSchema } = await import('../config/schema.ts');
    const schema = JSON.stringify(jsonSchema(), null, 2);
    if (options['schema'] === true) {
      io.out(schema);
      return exitCodes.ok;
    }
    if (typeof target !== 'string')
      throw new UsageError('name the Deployment, as in canary init deploy/shop');
    const file = textOption(options, 'output') ?? CONFIG_FILE;
    const beside = join(dirname(file), SCHEMA);
    const isForced = options['force'] === true;
    if (file !== '-') await refuseOther({ file, beside, isForced });
    const text = await withSite(
      io,
      options,
      async (place) => {
        const [{ configText }, { lookAround }] = await Promise.all([
          import('../config/config-text.ts'),
          import('../config/look-around.ts'),
        ]);
        const name = `deploy/${place.app}`;
        const { on } = siteOptionsOf(io, options);
        return configText({
          schema: `./${SCHEMA}`,
          target: name,
          seen: await lookAround(place),
          values: {
            target: name,
            ...(on === 'local' ? { on } : {}),
            namespace: place.site.namespace,
            context: textOption(options, 'context'),
            strategy: 'canary',
            stages: [1],
          },
        });
      },
      target,
    );
    if (file === '-') {
      io.out(text.trimEnd());
      return exitCodes.ok;
    }
    await writeFile(file, text, { flag: isForced ? 'w' : 'wx' });
    await writeFile(beside, `${schema}\n`);
    for (const written of [file, beside]) io.out(written);
    const named = file === CONFIG_FILE ? '' : ` --config ${file}`;
    io.err(`canary: what would come of it: canary plan --image container=image${named}`);
    return exitCodes.ok;
  },
};

/** @throws {@link UsageError} where there is a file already, or one that is no schema of ours */
async function refuseOther(to: { file: string; beside: string; isForced: boolean }): Promise<void> {
  if (to.isForced) return;
  const isThere = await access(to.file).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new UsageError(
      `${to.file} is there already: say --force to write it anew, or -o - to see what it would be`,
    );
  const other = await readFile(to.beside, 'utf8').catch(() => undefined);
  const { SCHEMA_TITLE } = await import('../config/schema.ts');
  if (other !== undefined && !other.includes(`"title": "${SCHEMA_TITLE}"`))
    throw new UsageError(
      `${to.beside} is there already, and is another one: say --force to write it anew, or -o another folder`,
    );
}
