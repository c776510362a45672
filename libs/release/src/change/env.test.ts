import { expect, it } from 'vitest';
import { shop } from '../testing/shop.ts';
import { withEnv } from './env.ts';

const { template } = shop({
  container: {
    env: [
      { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'LEVEL', value: 'info' },
    ],
  },
  containers: [{ name: 'proxy', image: 'proxy:1' }],
}).spec;

const envAfter = (...env: string[]) =>
  withEnv(template, env, 'Deployment shop').spec.containers.map((container) => container.env);

it.each(['LEVEL', '=x', '', 'LÉVEL=1', '-'])('refuses %j', (text) => {
  expect(() => envAfter(text)).toThrow(`cannot set "${text}": write KEY=value, KEY- to remove it`);
});

it('names the containers there are', () => {
  expect(() => envAfter('web:LEVEL=debug')).toThrow(
    'Deployment shop has no container "web"; it has shop, proxy',
  );
});

it('sets a variable in its place, in every container, whatever it was', () => {
  expect(envAfter('POD=shop', 'URL=http://a:80/?b=c-')).toEqual([
    [
      { name: 'POD', value: 'shop' },
      { name: 'LEVEL', value: 'info' },
      { name: 'URL', value: 'http://a:80/?b=c-' },
    ],
    [
      { name: 'POD', value: 'shop' },
      { name: 'URL', value: 'http://a:80/?b=c-' },
    ],
  ]);
});

it('sets one of one container alone, and an empty one', () => {
  expect(envAfter('proxy:LEVEL=')).toEqual([
    template.spec.containers[0]?.env,
    [{ name: 'LEVEL', value: '' }],
  ]);
});

it('removes one, and the field with the last', () => {
  const [own, proxy] = envAfter('LEVEL-', 'POD-', 'A=1', 'shop:A-');
  expect([own, proxy]).toEqual([undefined, [{ name: 'A', value: '1' }]]);
});
