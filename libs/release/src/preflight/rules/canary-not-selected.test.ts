import { expect, it } from 'vitest';
import { found, service } from '../../testing/facts.ts';
import { canaryNotSelected } from './canary-not-selected.ts';

const byVersion = service('shop', { selector: { app: 'shop', version: 'v1' } });
const version = (text: string) => ({ labels: { version: text } });

it('refuses pods that a Service in front would lose', () => {
  const services = [byVersion];
  expect(found(canaryNotSelected, { services, shop: version('v1'), after: version('v2') })).toEqual(
    [
      "refuse Service shop: it selects the pods of Deployment shop as they are, and not the new ones, which lack version=v1: they would get no requests from it -> keep version=v1 in the new template's labels, or take it out of the Service's selector first",
    ],
  );
});

it('finds nothing in labels that no Service goes by', () => {
  expect(found(canaryNotSelected, { shop: version('v1'), after: version('v2') })).toEqual([]);
});
