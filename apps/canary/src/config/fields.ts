import type { OptionSpec } from '../command.ts';
import { appOptions } from '../options.ts';
import { judgingOptions } from '../release/judging-options.ts';
import { planOptions } from '../release/wish.ts';
import {
  choice,
  counts,
  factor,
  flag,
  metrics,
  notNegative,
  percents,
  queries,
  share,
  shareOrAuto,
  text,
  textOf,
  texts,
  time,
  timeInSeconds,
  whole,
  type FieldType,
} from './field-types.ts';

/** A field of `canary.yaml`: what it may be, and which option it stands for. */
export interface ConfigField {
  /** Where it stands: `judge.margin` is `margin` of `judge`. */
  readonly path: string;
  /** The options that it stands for, without dashes; none where the file alone has it. */
  readonly options: readonly string[];
  readonly type: FieldType;
  readonly description: string;
  /** As the file would have it; undefined where nothing is what is meant. */
  readonly default: unknown;
  /** A value it might have, where there is no default. */
  readonly example: unknown;
  /** Fields that contradict it. */
  readonly excludes: readonly string[];
}

type Row = readonly [
  path: string,
  option: string | readonly string[] | undefined,
  /** Undefined: one of the option's choices. */
  type: FieldType | undefined,
  more?: Partial<Pick<ConfigField, 'description' | 'default' | 'example' | 'excludes'>>,
];

const DEPLOYMENT = /^deploy(ments?)?(\.[a-z0-9.]+)?\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

const rows: readonly Row[] = [
  [
    'target',
    undefined,
    textOf('a Deployment such as deploy/shop', DEPLOYMENT),
    {
      description: 'the Deployment that commands without one are about',
      example: 'deploy/shop',
      excludes: ['app'],
    },
  ],
  ['app', 'app', text, { default: 'myapp' }],
  ['on', 'on', undefined, { example: 'local' }],
  ['namespace', 'namespace', text, { example: 'shop' }],
  ['context', 'context', text, { example: 'kind-canary' }],
  [
    'strategy',
    undefined,
    choice(['canary']),
    { description: 'how releases are made', default: 'canary' },
  ],
  ['stages', 'steps', counts, { default: [1], excludes: ['weights'] }],
  ['weights', 'weights', percents, { example: [10, 50] }],
  ['maxSurge', 'max-surge', whole(0, 10_000), { example: 2 }],
  ['minReady', 'min-ready', whole(0, 10_000), { example: 3 }],
  ['stable', 'stable', text, { example: 'shop-v1' }],
  ['observe', 'observe', time, { example: '5m', excludes: ['soak', 'limit', 'onLimit'] }],
  ['soak', 'soak', time],
  ['limit', 'limit', time],
  ['onLimit', 'on-limit', undefined],
  ['look', 'look', time],
  ['bake', 'bake', time],
  ['confirm', 'confirm', flag, { default: false }],
  ['ready', 'ready-seconds', timeInSeconds],
  ['grace', 'grace-seconds', timeInSeconds],
  ['judge.metrics', 'judge', metrics, { example: ['errors', 'latency'] }],
  ['judge.from', 'judge-from', undefined],
  ['judge.alpha', 'alpha', share],
  ['judge.alphaPromote', 'alpha-promote', share],
  ['judge.margin', 'margin', shareOrAuto],
  [
    'judge.marginTimes',
    'margin-times',
    factor,
    {
      description:
        'the share of failed requests may be so many times that of the stable release, plus the margin',
    },
  ],
  [
    'judge.decideWithin',
    'decide-within',
    time,
    { description: 'with the margin auto: a good canary is promoted within about so long' },
  ],
  ['judge.worseTimes', 'worse-times', factor],
  [
    'judge.worsePlus',
    'worse-plus',
    notNegative,
    { description: 'and its share is larger than that by more than so much' },
  ],
  ['judge.objectiveErrors', 'objective-errors', share, { example: 0.01 }],
  ['judge.objectiveLatency', 'objective-latency', time, { example: '500ms' }],
  ['judge.latencyObjective', 'latency-objective', time, { example: '500ms' }],
  ['judge.latencyTest', 'latency-test', undefined],
  ['judge.warmUp', 'warm-up', time],
  ['judge.robust', 'robust', flag, { default: false }],
  ['metrics.port', 'metrics-port', whole(1, 65_535), { example: 9090 }],
  [
    'metrics.path',
    'metrics-path',
    textOf('a path such as /metrics', /^\//),
    {
      description: 'the path at which pods are scraped (default: as annotated, else /metrics)',
      example: '/stats',
    },
  ],
  ['metrics.requests', 'requests-metric', text, { example: 'shop_requests_total' }],
  [
    'metrics.statusLabel',
    'status-label',
    text,
    { description: 'label of it that tells how a request went (default: found)', example: 'code' },
  ],
  [
    'metrics.errorStatus',
    'error-status',
    textOf('a regular expression in quotes, such as "5.."'),
    { example: '5..' },
  ],
  ['metrics.latency', 'latency-metric', text, { example: 'shop_request_duration_seconds' }],
  [
    'metrics.latencyUnit',
    'latency-unit',
    undefined,
    { description: 'unit of the response times, where the name does not tell', example: 's' },
  ],
  ['metrics.inFlight', 'in-flight-metric', text, { example: 'shop_requests_in_flight' }],
  ['metrics.where', 'where', texts, { example: ['route!="/healthy"'] }],
  ['prometheus.url', 'prometheus', text, { example: 'http://prometheus.monitoring:9090' }],
  ['prometheus.headerFile', 'prometheus-header-file', text, { example: '/etc/canary/headers' }],
  [
    'queries',
    ['query', 'max', 'min', 'report-only'],
    queries,
    {
      description: 'queries of Prometheus with limits of their own, and no error bound',
      example: [{ name: 'queue', query: 'max(shop_queue_length)', max: 100 }],
    },
  ],
  ['queryFor', 'query-for', whole(1, 1000)],
];

/** Every field of `canary.yaml`, in the order in which it is written. */
export const configFields: readonly ConfigField[] = rows.map(fieldOf);

/** Fields that contradict each other, whichever of them says so. */
export function excludedBy(field: ConfigField): readonly ConfigField[] {
  return configFields.filter(
    ({ path, excludes }) => excludes.includes(field.path) || field.excludes.includes(path),
  );
}

/** The long name of an option, without its dashes. */
export function longName({ flags }: OptionSpec): string {
  return /--([a-z-]+)/.exec(flags)?.[1] ?? flags;
}

function fieldOf([path, option, type, more = {}]: Row): ConfigField {
  const options = [option ?? []].flat();
  const all = [...appOptions, ...planOptions, ...judgingOptions];
  const spec = all.find((one) => longName(one) === options[0]);
  const found = type ?? choice(spec?.choices ?? []);
  return {
    ...{ path, options, type: found },
    description: more.description ?? spec?.description.replace(/; may be repeated$/, '') ?? '',
    default:
      more.default ?? (spec?.default === undefined ? undefined : found.fromOption(spec.default)),
    example: more.example,
    excludes: more.excludes ?? [],
  };
}
