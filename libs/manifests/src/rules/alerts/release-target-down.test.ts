import { seriesOf } from '../../testing/series.ts';
import { testAlert } from '../../testing/test-rule.ts';
import { releaseTargetDown } from './release-target-down.ts';

const target = {
  job: 'kubernetes-pods',
  release: '2.0.0',
  instance: '10.244.1.7:5555',
  kubernetes_pod_name: 'myapp-deploy-v2.0-x',
};
const labels = { kubernetes_namespace: 'canary', appname: 'myapp', ...target };

testAlert(releaseTargetDown, [
  {
    what: 'fires for a pod of a release that cannot be scraped, and for no other',
    series: {
      [seriesOf('up', target)]: '0x10',
      [seriesOf('up', { ...target, instance: '10.244.1.8:5555' })]: '1x10',
    },
    at: '2m',
    gives: [
      {
        labels,
        summary: 'Prometheus cannot scrape myapp-deploy-v2.0-x',
        description:
          'The target 10.244.1.7:5555 of myapp 2.0.0 has been DOWN for a minute: it is annotated for scraping and does not answer with metrics. A canary is not promoted meanwhile.',
      },
    ],
  },
  {
    what: 'does not fire for a pod that begins to listen within a minute',
    series: { [seriesOf('up', target)]: '0 0 1x10' },
    at: '2m',
    gives: [],
  },
  {
    what: 'waits a minute',
    series: { [seriesOf('up', target)]: '0x10' },
    at: '30s',
    gives: [],
  },
  {
    what: 'does not fire for what is no release',
    series: { [seriesOf('up', { instance: '10.244.1.9:9100' })]: '0x10' },
    at: '3m',
    gives: [],
  },
]);
