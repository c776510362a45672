import type { Metric } from '@canary/judge';
import type { OptionSpec } from '../command.ts';
import { queryOptions } from './query-options.ts';

/** What can be judged. */
export const METRICS: readonly Metric[] = ['errors', 'latency', 'restarts'];
/** Nothing of it. */
export const NONE = 'none';
/** The margin follows from the traffic. */
export const AUTO = 'auto';

/** Options that say where pods are scraped. */
export const scrapeOptions: readonly OptionSpec[] = [
  {
    flags: '--metrics-port <number>',
    description:
      'where pods are scraped directly (default: as annotated, else their port called metrics, http-metrics or prometheus, else their first)',
  },
  {
    flags: '--metrics-path <path>',
    description: 'and at which path (default: as annotated, else /metrics)',
  },
];

/** Options that say how a release is judged. */
export const judgingOptions: readonly OptionSpec[] = [
  {
    flags: '--judge <metrics>',
    description: `what is judged: a list of ${METRICS.join(', ')}, or ${NONE} (default: what of them can be; what is named has to be)`,
  },
  {
    flags: '--judge-from <source>',
    description: 'read counters from the pods themselves, or from Prometheus',
    choices: ['direct', 'prometheus'],
    default: 'direct',
  },
  ...scrapeOptions,
  {
    flags: '--prometheus <url>',
    description:
      'whose targets have to be UP, or none (default: the Service prometheus of the namespace, if any)',
  },
  {
    flags: '--prometheus-header-file <file>',
    description:
      'headers for Prometheus, a line "Name: value" each, read by whoever drives (or CANARY_PROMETHEUS_HEADER_FILE)',
  },
  {
    flags: '--alpha <share>',
    description: 'how often a canary that is no worse may be rolled back',
    default: '0.01',
  },
  {
    flags: '--alpha-promote <share>',
    description: 'how often a canary beyond the margin may be promoted',
    default: '0.05',
  },
  {
    flags: '--margin <share>',
    description: `share of failed requests that a canary which is promoted may have more, such as 0.01; ${AUTO}: the strictest that decides in time at the traffic seen, at most 0.01`,
    default: AUTO,
  },
  {
    flags: '--margin-times <factor>',
    description: 'and how many times the share of the stable release',
    default: '1.5',
  },
  {
    flags: '--decide-within <time>',
    description: `with --margin ${AUTO}: a good canary is promoted within about so long`,
    default: '10m',
  },
  {
    flags: '--worse-times <factor>',
    description: 'rolled back where more than so many times the share of the stable release fails',
    default: '1.5',
  },
  {
    flags: '--worse-plus <share>',
    description: 'plus so much',
    default: '0.0005',
  },
  {
    flags: '--objective-errors <share>',
    description:
      'held where more than this share of its requests fails, such as 0.01, whatever the stable release does',
  },
  {
    flags: '--objective-latency <time>',
    description: 'held where more than 1 % of its requests take longer, such as 500ms',
  },
  {
    flags: '--latency-objective <time>',
    description: 'a promotion needs the share of slower requests inside the margin, too',
  },
  {
    flags: '--latency-test <test>',
    description: 'slower: than the stable release by a margin; same-law: differs at all',
    choices: ['slower', 'same-law'],
    default: 'slower',
  },
  {
    flags: '--warm-up <time>',
    description:
      'how long a pod is new after it is ready: its response times do not count, and its failures are borne with',
    default: '30s',
  },
  {
    flags: '--robust',
    description: 'bear with pods that have bursts of errors, each on its own; slower',
  },
  {
    flags: '--requests-metric <name>',
    description: 'counts requests by status (default: found, see canary metrics)',
  },
  {
    flags: '--status-label <name>',
    description: 'its label that tells how a request went (default: found)',
  },
  {
    flags: '--error-status <regexp>',
    description:
      'value of that label where a request failed (default: 5xx, names and words of errors, and failures of gRPC)',
  },
  {
    flags: '--latency-metric <name>',
    description: 'histogram of response times (default: found)',
  },
  {
    flags: '--latency-unit <unit>',
    description: 'its unit, where its name does not tell',
    choices: ['s', 'ms'],
  },
  {
    flags: '--in-flight-metric <name>',
    description: 'gauge of the requests being answered (default: found)',
  },
  {
    flags: '--where <matchers>',
    description: `count only series with these labels, such as 'route!="/healthy"'; may be repeated`,
    many: true,
  },
  ...queryOptions,
];
