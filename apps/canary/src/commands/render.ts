import { catalogue, parseParameters, renderObjects, toYaml } from '@canary/manifests';
import { exitCodes, type CommandSpec, type Io, type Options, type OptionSpec } from '../command.ts';
import { imagesFromEnvironment } from '../images.ts';
import { commonOptions, numberOption, pairsOption } from '../options.ts';

const width = Math.max(...Object.keys(catalogue).map((name) => name.length));
/** What can be rendered, a line each. */
export const objectList = Object.entries(catalogue)
  .map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  .join('\n');

/** Options that change what is rendered. */
export const renderOptions: readonly OptionSpec[] = [
  { flags: '--version <version>', description: 'release label of v1 or v2, such as 2.1.0' },
  { flags: '--replicas <number>', description: 'replicas of v1, v2 or tomcat' },
  { flags: '--image <reference>', description: 'image of v1 or v2 (default: myapp:v1.0)' },
  {
    flags: '--env <name=value>',
    description: 'variable of v1 or v2; may be repeated',
    many: true,
  },
  { flags: '--rps <number>', description: 'requests per second of traffic (default: 50)' },
  { flags: '--duration <seconds>', description: 'how long traffic lasts (default: 600)' },
  {
    flags: '--scrape-seconds <number>',
    description: 'from scrape to scrape of prometheus (default: 10)',
  },
];

/** `canary render`: the objects as YAML or JSON, ready for `kubectl apply -f -`. */
export const render: CommandSpec = {
  name: 'render',
  summary: 'write Kubernetes objects as YAML, ready for kubectl apply -f -',
  description: `Writes Kubernetes objects as YAML, ready for kubectl apply -f -.\n\nObjects:\n${objectList}`,
  arguments: { '<objects...>': 'what to render, by name' },
  options: [
    commonOptions.namespace,
    ...renderOptions,
    { ...commonOptions.output, choices: ['yaml', 'json'], default: 'yaml' },
  ],
  examples: [
    'canary render v1 | kubectl apply -f -',
    'canary render v2 --env ERROR_RATE=0.05 | kubectl apply -f -',
    'canary render namespace prometheus tomcat -n demo > monitoring.yaml',
    'PROMETHEUS_IMAGE=registry.example/prometheus:v3.5.3 canary render prometheus',
  ],
  run: (io, [names], options) => {
    const parameters = parseParameters(parametersOf(io, options));
    const objects = renderObjects(names as readonly string[], parameters);
    const json = { apiVersion: 'v1', kind: 'List', items: objects };
    io.out(
      options['output'] === 'json' ? JSON.stringify(json, null, 2) : toYaml(objects).trimEnd(),
    );
    return Promise.resolve(exitCodes.ok);
  },
};

/** The parameters of the objects, as the user wrote them. */
export function parametersOf({ env }: Io, options: Options): Readonly<Record<string, unknown>> {
  return {
    namespace: options['namespace'],
    version: options['version'],
    replicas: numberOption(options, 'replicas'),
    env: pairsOption(options, 'env'),
    rps: numberOption(options, 'rps'),
    duration: numberOption(options, 'duration'),
    scrapeSeconds: numberOption(options, 'scrape-seconds'),
    images: {
      ...imagesFromEnvironment(env),
      ...(options['image'] === undefined ? {} : { myapp: options['image'] }),
    },
  };
}
