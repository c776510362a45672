import { z } from 'zod';

/** A parameter of a manifest is not allowed; the message has a line for each. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/** Where the images come from; people behind a private registry set these. */
export interface Images {
  readonly myapp: string;
  readonly canary: string;
  readonly tomcat: string;
  readonly prometheus: string;
  readonly grafana: string;
}

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const IMAGE = /^[a-z0-9][\w.:/@-]*$/i;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

const image = (unset: string) => z.string().regex(IMAGE).default(unset);

const schema = z.strictObject({
  namespace: z.string().regex(DNS_LABEL).default('canary'),
  version: z.string().regex(LABEL_VALUE).optional(),
  replicas: z.int().min(0).max(1000).optional(),
  env: z.record(z.string().regex(VARIABLE), z.string()).default({}),
  rps: z.number().min(0.1).max(2000).default(50),
  duration: z.int().min(1).max(86_400).default(600),
  scrapeSeconds: z.int().min(1).max(300).default(10),
  images: z
    .strictObject({
      myapp: image('myapp:v1.0'),
      canary: image('canary:0.1.0'),
      tomcat: image('tomcat:10.1'),
      prometheus: image('prom/prometheus:v3.5.3'),
      grafana: image('grafana/grafana:12.2.0'),
    })
    .prefault({}),
});

/** What the objects depend on, checked and complete. */
export type Parameters = z.infer<typeof schema>;

const allowed: Readonly<Record<string, string>> = {
  namespace: 'up to 63 lower-case letters, digits or dashes, such as canary',
  version: 'a label value: up to 63 letters, digits, dots, dashes or underscores, such as 2.0.0',
  replicas: 'a whole number from 0 to 1000',
  env: 'variable names of letters, digits and underscores, such as ERROR_RATE',
  rps: 'requests per second from 0.1 to 2000',
  duration: 'whole seconds from 1 to 86400',
  scrapeSeconds: 'whole seconds from 1 to 300',
  images: 'an image reference such as registry.example/myapp:v1.0',
};

/**
 * Checks parameters and fills in the defaults.
 *
 * @throws {@link ManifestError} naming every parameter that is not allowed, its value and what is
 */
export function parseParameters(parameters: Readonly<Record<string, unknown>>): Parameters {
  const result = schema.safeParse(parameters);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, code, ...issue }) => {
    if (code === 'unrecognized_keys')
      return `unknown parameter ${String((issue as { keys?: unknown }).keys)}`;
    const value = path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown>)[key],
      parameters,
    );
    return `${path.join('.')}: ${JSON.stringify(value)} is not allowed: use ${allowed[String(path[0])] ?? 'another value'}`;
  });
  throw new ManifestError([...new Set(problems)].join('\n'));
}
