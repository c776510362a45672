import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { drain } from './drain.ts';

const none = { container: { lifecycle: undefined } };

it('warns of what a take-over may cost', () => {
  expect(found(drain, { shop: none })).toEqual([
    "warn Deployment shop: container shop has no preStop hook in the pods that run: when the Deployment takes the release over, an app that exits at once on SIGTERM loses about 1 % of the requests meanwhile; the canary's own pods wait 5 s before they end, and lose none -> go on where the app answers for some seconds after SIGTERM; else add lifecycle.preStop.sleep.seconds: 5 to the template: from the next release on nothing is lost",
  ]);
});

it('warns of it still where the new template has the hook: it is the old pods that end', () => {
  const [line] = found(drain, { shop: none, after: {} });
  expect(line).toContain('-> go on: the new template has one');
});

it('warns of a hook that the new template lacks', () => {
  const after = { ...none, containers: [{ name: 'b' }] };
  const [line] = found(drain, { after });
  expect(line).toContain('containers shop and b have no preStop hook in the new template');
});

it.each([
  ['pods that wait', {}],
  ['pods that get no requests', { shop: none, services: [] }],
])('finds nothing in %s', (_, situation) => {
  expect(found(drain, situation)).toEqual([]);
});
