import { expect, it } from 'vitest';
import { found, service } from '../../testing/facts.ts';
import { severalServices } from './several-services.ts';

it('names them', () => {
  expect(found(severalServices, { services: [service('shop'), service('admin')] })).toEqual([
    'info Deployment shop: Service shop and Service admin select its pods: the canary gets its share of the requests to each -> nothing to do',
  ]);
});

it('finds nothing where there is one', () => {
  const other = service('cart', { selector: { app: 'cart' } });
  expect(found(severalServices, { services: [service('shop'), other] })).toEqual([]);
});
