import { expect, it } from 'vitest';
import { shopObject } from '../testing/shop.ts';
import { changed, compared } from './change.ts';

const image = 'registry.example/shop:2.0.0';

it('says that nothing changes', () => {
  expect(() => changed(shopObject(), {})).toThrow(
    "nothing of Deployment shop's pods would change: no change was given; name another image",
  );
  expect(() => changed(shopObject(), { images: ['shop=registry.example/shop:1.0.0'] })).toThrow(
    'it already is as shop=registry.example/shop:1.0.0 says',
  );
  expect(() => changed(shopObject(), { env: ['DEBUG-'] })).toThrow('it already is as DEBUG- says');
  expect(() => changed(shopObject(), { file: shopObject() })).toThrow('it already is as the file');
});

it('tells that nothing changes where that is no error, and what a release leaves', () => {
  const file = { ...shopObject(), spec: { ...(shopObject()['spec'] as object), replicas: 99 } };
  const { isSame, findings } = compared(shopObject(), { file });
  expect([isSame, findings.map(({ rule }) => rule)]).toEqual([true, ['file-other-fields']]);
  expect(compared(shopObject(), { images: [`shop=${image}`] }).isSame).toBe(false);
});

it('refuses the object of another name, kind or namespace', () => {
  const other = (more: object) => changed(shopObject(), { file: { ...shopObject(), ...more } });
  expect(() => other({ metadata: { name: 'cart' } })).toThrow(
    'the file has Deployment cart, and Deployment store/shop is to be released',
  );
  expect(() => other({ kind: 'StatefulSet' })).toThrow('the file has StatefulSet shop');
  expect(() => other({ metadata: { name: 'shop', namespace: 'test' } })).toThrow(
    'the file has Deployment shop of namespace "test", and Deployment store/shop is to be released: choose the namespace with -n',
  );
});

it('names the field of a file that is no Deployment', () => {
  const file = { ...shopObject(), spec: { selector: {}, template: { spec: { containers: 'x' } } } };
  expect(() => changed(shopObject(), { file })).toThrow(
    /^Deployment shop \(apps\/v1\) is no Deployment .*: spec\.template\.spec\.containers: .*; see kubectl explain deployment\.spec\.template\.spec\.containers$/,
  );
});

it('takes the file first, then images, then variables', () => {
  const file = shopObject({ container: { image: 'registry.example/shop:1.9.0', command: ['x'] } });
  const { template } = changed(shopObject(), { file, images: [`shop=${image}`], env: ['A=1'] });
  expect(template.spec.containers[0]).toMatchObject({
    image,
    command: ['x'],
    env: [{ name: 'A', value: '1' }],
  });
});

it('leaves the object as it is', () => {
  const object = shopObject();
  const before = structuredClone(object);
  changed(object, { images: [`shop=${image}`], env: ['A=1'] });
  expect(object).toEqual(before);
});
