import { expect, it } from 'vitest';
import { found, service } from '../../testing/facts.ts';
import { targetPort } from './target-port.ts';

const ports = (...list: object[]) => ({ container: { ports: list } });

it('refuses a named port that the new pods lack', () => {
  const after = ports({ name: 'web', containerPort: 8080 });
  expect(found(targetPort, { after })).toEqual([
    'refuse Service shop: it sends to the port called "http", and no container of the new pods has a port of that name: no request would reach them -> name a port "http" in the new template (ports: name), or change the Service\'s targetPort first',
  ]);
});

it('warns of a number that the new pods no longer declare', () => {
  const services = [service('shop', { ports: [{ port: 8080 }] })];
  const [line] = found(targetPort, { services, after: ports({ containerPort: 9090 }) });
  expect(line).toContain('it sends to port 8080, which the pods that run declare and the new ones');
});

it.each([
  [
    'the port is in a sidecar',
    {
      pod: {
        initContainers: [
          { name: 'proxy', restartPolicy: 'Always', ports: [{ name: 'http', containerPort: 1 }] },
        ],
      },
      ...ports(),
    },
  ],
  ['it is the same', {}],
])('finds nothing where %s', (_, after) => {
  expect(found(targetPort, { after })).toEqual([]);
});

it('finds nothing where no pod declares its ports', () => {
  const services = [service('shop', { ports: [{ port: 80, targetPort: 3000 }] })];
  expect(found(targetPort, { services, shop: ports(), after: ports() })).toEqual([]);
});
