import { OF_APP, type DashboardSpec } from './dashboard.ts';

/** What the releases of an app do: all that the article looks at, and more. */
export const releaseDashboard: DashboardSpec = {
  uid: 'canary-release',
  title: 'Canary: releases',
  description: 'Traffic, errors, response times, restarts and targets of an app, by release.',
  panels: [
    {
      title: 'Requests per second by release',
      description: "The article's graph, by its very formula; the app is always myapp.",
      kind: 'graph',
      unit: 'reqps',
      width: 12,
      queries: [
        {
          expr: 'sum(rate(http_requests_total{appname="myapp"}[5m])) by (release)',
          legend: '{{release}}',
        },
      ],
    },
    {
      title: 'Share of the traffic',
      description:
        'What each release gets, beside what the canary should get, and what the ready replicas allow. kube-proxy balances connections: the share follows the replicas.',
      kind: 'graph',
      unit: 'percentunit',
      width: 12,
      queries: [
        { expr: `release:http_requests:share5m{${OF_APP}}`, legend: '{{release}}' },
        { expr: `canary_rollout_target_share{${OF_APP}}`, legend: 'target of the canary' },
        { expr: `canary_rollout_replica_share{${OF_APP}}`, legend: 'by ready replicas' },
      ],
    },
    {
      title: 'Failed requests',
      description: 'Share of the answers with a status 5xx.',
      kind: 'graph',
      unit: 'percentunit',
      width: 12,
      queries: [{ expr: `release:http_requests_failed:ratio5m{${OF_APP}}`, legend: '{{release}}' }],
    },
    {
      title: 'Response times',
      description: 'Time within which half, 90 % and 99 % of the requests were answered.',
      kind: 'graph',
      unit: 's',
      width: 12,
      queries: [
        {
          expr: `release:http_request_duration_seconds:quantile5m{${OF_APP}}`,
          legend: '{{release}}, quantile {{quantile}}',
        },
      ],
    },
    {
      title: 'Restarts in an hour',
      description: 'Processes that began anew within their pods.',
      kind: 'graph',
      unit: 'none',
      width: 12,
      queries: [{ expr: `release:process_restarts:changes1h{${OF_APP}}`, legend: '{{release}}' }],
    },
    {
      title: 'Targets',
      description: 'Pods that ask to be scraped, and those of them that are UP.',
      kind: 'graph',
      unit: 'none',
      width: 12,
      queries: [
        { expr: `release:targets:up{${OF_APP}}`, legend: '{{release}} UP' },
        { expr: `release:targets:count{${OF_APP}}`, legend: '{{release}} found' },
      ],
    },
  ],
};
