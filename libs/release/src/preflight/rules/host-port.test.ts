import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { hostPort } from './host-port.ts';

it('refuses ports of the node', () => {
  const shop = { container: { ports: [{ containerPort: 8080, hostPort: 80 }] } };
  const [line] = found(hostPort, { shop });
  expect(line).toMatch(/^refuse Deployment shop: its pods take port 80 of their node \(hostPort\)/);
});

it("refuses ports in the node's network", () => {
  const [line] = found(hostPort, { shop: { pod: { hostNetwork: true } } });
  expect(line).toContain('port 8080 of their node (hostNetwork)');
});

it.each([{}, { container: { ports: [{ containerPort: 80, hostPort: 0 }] } }])(
  'finds nothing in %j',
  (shop) => {
    expect(found(hostPort, { shop })).toEqual([]);
  },
);
