import { sentence } from '@canary/api/view';
import { timeText } from '../duration.ts';
import { DEFAULT_STATE } from '../site/state-folder.ts';
import { lostOf, type OwnUp, type UpEvent } from './up-event.ts';

type Up = Extract<UpEvent, { readonly kind: 'up' }>;

/** What `canary up` tells, as lines for people. */
export function upText(event: UpEvent): string[] {
  switch (event.kind) {
    case 'up': {
      const { at, app, replicas, prometheus, own } = event;
      const lines = own
        ? ownLines(own, replicas)
        : [`${replicas} replicas of myapp 1.0.0 at ${app ?? ''}`];
      const others = prometheus === undefined ? [] : [`Prometheus at ${prometheus}`];
      return [
        ...[...lines, ...others].map((line, index) =>
          index === 0 ? `${timeText(at)}  up: ${line}` : `           ${line}`,
        ),
        '',
        `Next, in another terminal: canary start ${nextOf(event)} --on local${wayTo(event)}`,
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

function ownLines({ deployments, services }: OwnUp, replicas: number): string[] {
  const names = deployments.map(({ name }) => name).join(', ');
  const pods = `${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`;
  return [
    `${deployments.length === 1 ? 'Deployment' : 'Deployments'} ${names}, ${pods}`,
    ...services.map(({ name, port, url }) => `Service ${name}:${port} at ${url}`),
  ];
}

/** A release that could come next. */
function nextOf({ own }: Up): string {
  const { name, containers } = own?.deployments[0] ?? {};
  const [container] = containers ?? [];
  if (name === undefined || container === undefined) return '--to 2.0.0';
  return `deploy/${name} --image ${container.name}=<image> --run '<image>=<command>'`;
}

/** The options that another terminal needs to get here. */
function wayTo({ state, namespace, own }: Up): string {
  return [
    ...(namespace === (own ? 'default' : 'canary') ? [] : [` --namespace ${namespace}`]),
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
