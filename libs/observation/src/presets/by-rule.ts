import type { Preset } from './preset.ts';
import { REQUEST_WORD } from './request-words.ts';

/** What most libraries do, and most who name their metrics themselves. */
export const counterByStatus: Preset = {
  name: 'a counter of requests by status',
  source: 'https://prometheus.io/docs/practices/naming/',
  requests: ['http_requests_total', `(?:\\w*_)?${REQUEST_WORD}(?:_\\w+)?`],
};

/** No counter, but every observation of a histogram or summary is a request. */
export const countByStatus: Preset = {
  name: 'a histogram or summary of requests by status',
  source: 'https://prometheus.io/docs/practices/histograms/#count-and-sum-of-observations',
  requests: [`(?:\\w*_)?(?:${REQUEST_WORD}|server)(?:_\\w+)?_count`],
};

/** A counter for each class of status. */
export const counterPerClass: Preset = {
  name: 'a counter of responses for each class of status',
  source: 'https://prometheus.io/docs/practices/naming/',
  requests: ['(\\w+_)?(?<status>[1-5]xx)(_\\w+)?'],
};
