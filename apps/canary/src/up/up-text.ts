import { sentence } from '@canary/api/view';
import { timeText } from '../duration.ts';
import { DEFAULT_STATE } from '../site/state-folder.ts';
import { lostOf, type UpEvent } from './up-event.ts';

/** What `canary up` tells, as lines for people. */
export function upText(event: UpEvent): string[] {
  switch (event.kind) {
    case 'up': {
      const { at, app, replicas, prometheus } = event;
      return [
        `${timeText(at)}  up: ${replicas} replicas of myapp 1.0.0 at ${app}`,
        ...(prometheus === undefined ? [] : [`           Prometheus at ${prometheus}`]),
        '',
        `Next, in another terminal: canary start --to 2.0.0 --on local${wayTo(event)}`,
        'Ctrl-C ends everything that runs here.',
        '',
      ];
    }
    case 'traffic':
      return [`${timeText(event.at)}  traffic: ${trafficText(event)}`];
    case 'event':
      return [`${timeText(event.at)}  ${sentence(event.message)}`];
    case 'notice':
      return [event.message];
    case 'down': {
      const { at, traffic } = event;
      const counts =
        traffic &&
        `: ${traffic.sent} requests sent, ${traffic.answered} answered, ${traffic.failed} failed, ${lostOf(traffic)} lost`;
      return [`${timeText(at)}  down${counts ?? ''}`];
    }
  }
}

/** The options that another terminal needs to get here. */
function wayTo({ state, namespace }: Extract<UpEvent, { readonly kind: 'up' }>): string {
  return [
    ...(namespace === 'canary' ? [] : [` --namespace ${namespace}`]),
    ...(state === DEFAULT_STATE ? [] : [` --state ${state}`]),
  ].join('');
}

function trafficText({
  requests,
  failed,
  lost,
}: Extract<UpEvent, { readonly kind: 'traffic' }>): string {
  const all = Object.values(requests).reduce((sum, count) => sum + count, 0);
  const shares = Object.entries(requests).map(
    ([version, count]) => `${version} ${((100 * count) / all).toFixed(1)} %`,
  );
  const where = all === 0 ? 'no request' : `${shares.join(', ')} of ${all} requests`;
  return `${where}; so far ${failed} failed, ${lost} lost`;
}
