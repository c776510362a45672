import type { Preset } from './preset.ts';

/** A counter for each class of status, of Jetty's handler; each resource has the same of its own. */
export const dropwizard: Preset = {
  name: 'Dropwizard and Jetty',
  source: 'https://metrics.dropwizard.io/4.2.0/manual/jetty.html',
  requests: [
    '(io_dropwizard_jetty_MutableServletContextHandler)_(?<status>[1-5]xx)_responses_total',
    '(org_eclipse_jetty_\\w*Handler)_(?<status>[1-5]xx)_responses_total',
  ],
  latency: [{ metric: '(io_dropwizard_jetty|org_eclipse_jetty)_\\w*Handler_requests' }],
};
