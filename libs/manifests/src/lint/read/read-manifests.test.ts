import { describe, expect, it } from 'vitest';
import { readManifests } from './read-manifests.ts';

const read = (text: string) => readManifests('shop.yaml', text);

describe('readManifests', () => {
  it.each([
    ['', 'shop.yaml:1: there is no object in it'],
    ['# a comment\n---\n', 'shop.yaml:1: there is no object in it'],
    ['a: [1\n', 'shop.yaml:2: this is no YAML: '],
    ['a: 1\n---\nb: "c\n', 'shop.yaml:4: this is no YAML: '],
    ['kind: A\napiVersion: v1\nkind: B\n', 'shop.yaml:3: this is no YAML: Map keys must be unique'],
    ['a: *b\n', 'shop.yaml:1: this is no YAML: '],
    ['kind: A\n', 'shop.yaml:1: this is no Kubernetes object: it has no apiVersion'],
    ['apiVersion: v1\nkind: A\n---\nreplicas: 3\n', 'shop.yaml:4: this is no Kubernetes object'],
    ['apiVersion: v1\n', 'shop.yaml:1: this is no Kubernetes object: it has no kind'],
    ['hello', 'shop.yaml:1: this is a string, and no Kubernetes object'],
    ['- a\n', 'shop.yaml:1: this is a list, and no Kubernetes object'],
    ['{"kind": "A",\n}', 'shop.yaml:2: this is no JSON: '],
    ['{"kind":\n', 'shop.yaml:1: this is no JSON: '],
    ['apiVersion: v1\nkind: List\nitems:\n- a: 1\n', 'shop.yaml:4: this is no Kubernetes object'],
  ])('says what is wrong with %j, and where', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('takes lists apart, and leaves empty documents out', () => {
    const list = 'kind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: A}\n---\n---\n';
    const names = read(`${list}apiVersion: v1\nkind: B\n`).map(({ kind, lineOf }) => [
      kind,
      lineOf([]),
    ]);
    expect(names).toEqual([
      ['A', 4],
      ['B', 7],
    ]);
  });

  it('knows the line of every field, of the nearest one that is there, and through aliases', () => {
    const [found] = read(
      'kind: A\napiVersion: v1\nx: &x\n  y:\n  - z\n  - z\nw: *x\nv:\n  <<: *x\n',
    );
    const lines = [[], ['x'], ['x', 'y', 1], ['x', 'y', 9], ['q', 'r'], ['w', 'y', 0]];
    expect(lines.map((path) => found!.lineOf(path))).toEqual([1, 3, 6, 4, 1, 5]);
  });

  it('knows the lines of JSON too', () => {
    const object = { apiVersion: 'v1', kind: 'A', a: [1, { b: 'c\n}' }, [], {}], d: null };
    const text = JSON.stringify({ kind: 'List', apiVersion: 'v1', items: [object] }, null, 1);
    const [found] = read(text);
    const line = (needle: string) => text.slice(0, text.indexOf(needle)).split('\n').length;
    expect(found!.fields).toEqual(object);
    expect(found!.lineOf(['a', 1, 'b'])).toBe(line('"b"'));
    expect(found!.lineOf(['a', 3])).toBe(line('{}'));
    expect(found!.lineOf(['d'])).toBe(line('"d"'));
    expect(found!.lineOf(['d', 'e'])).toBe(line('"d"'));
    expect(found!.lineOf([])).toBe(5);
  });

  it('reads words for truth values, and a mode such as 0644, as Kubernetes does', () => {
    const list = '[yes, "yes", No, off, on, y, 0o17, 1_0, 0644, "0644", 0, 089]';
    const [found] = read(`apiVersion: v1\nkind: A\na: ${list}\n`);
    const values = [true, 'yes', false, false, true, 'y', 15, '1_0', 420, '0644', 0, 89];
    expect(found!.fields['a']).toEqual(values);
  });
});
