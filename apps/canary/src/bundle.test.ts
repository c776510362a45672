import { toYaml } from '@canary/manifests';
import type { PlatformObject, RolloutRecord } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { fakeSite, type FakeSite } from './testing/fake-site.ts';
import { terminalOf } from './testing/terminal.ts';

const BRIEF = '--observe 50ms --bake 50ms';

/** A Deployment as teams have it: no label of this tool. */
function named(name: string, image: string, more: object = {}): PlatformObject {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name, image }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...more },
    spec: { replicas: 1, selector: { matchLabels: labels }, template },
  };
}

const object = (kind: string, name: string, more: object = {}): PlatformObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name },
  ...more,
});
const hook: PlatformObject = {
  ...object('Job', 'migrate'),
  metadata: { name: 'migrate', annotations: { 'helm.sh/hook': 'pre-upgrade' } },
};

/** Where cart, shop and web run as version 1. */
async function running(): Promise<FakeSite> {
  const site = fakeSite();
  const names = ['cart', 'shop', 'web'];
  await site.platform.apply(names.map((name) => named(name, `${name}:1`)));
  return site;
}

/** As a chart renders them: shop and cart change, web does not, mail is new. */
const chart = toYaml([
  named('shop', 'shop:2'),
  object('Service', 'shop'),
  hook,
  named('web', 'web:1'),
  named('mail', 'mail:1'),
  object('ConfigMap', 'settings', { data: { a: '1' } }),
  named('cart', 'cart:2'),
  object('Namespace', 'shop'),
]);

const imageOf = (site: FakeSite, name: string) =>
  /"image":"([^"]+)"/.exec(
    JSON.stringify(site.workloads().find(({ ref }) => ref.name === name)?.object ?? {}),
  )?.[1];

describe('canary start -f with several objects refuses', () => {
  it.each([
    ['', toYaml([object('Service', 'a'), hook]), 'has Service a, Job migrate: give one Deployment'],
    ['', toYaml([named('a', 'a:1'), named('a', 'a:2')]), 'has Deployment a twice'],
    ['--app shop', chart, '--app shop is of releases that are a Deployment each'],
    ['--image shop=shop:3', chart, '--image and --env are of one Deployment: name it'],
    ['--margin x', chart, '--margin'],
    ['', toYaml([named('A_B', 'a:1')]), '"A_B" is no name of a Deployment'],
    [
      '',
      toYaml([named('shop', 'shop:2'), { ...named('cart', 'c'), spec: { template: {} } }]),
      'Deployment cart (apps/v1) is no Deployment of apps/v1 that can be released',
    ],
  ])('%s (%#), and touches nothing', async (options, input, message) => {
    const site = await running();
    const { code, err } = await terminalOf(site, input)(`start -f - ${options}`);
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect(site.others).toEqual([]);
    expect(imageOf(site, 'shop')).toBe('shop:1');
  });

  it('what is frozen, before anything is applied', async () => {
    const site = await running();
    const canary = terminalOf(site, chart);
    expect((await canary('freeze deploy/cart "stocktaking"')).code).toBe(0);
    const { code, err } = await canary('start -f -');
    expect(err).toContain('cart is frozen by ana');
    expect(code).toBe(1);
    expect(site.others).toEqual([]);
  });
});

describe('canary start -f with several objects', () => {
  it('applies what is no Deployment and what is new, and releases what changes in its order', async () => {
    const site = await running();
    const { code, out, err } = await terminalOf(site, chart)(`start -f - ${BRIEF}`);
    expect(err).toBe('');
    expect(code).toBe(0);
    const told = out.split('\n').filter((line) => /^(left|applied|unch|release)/.test(line));
    expect(told).toEqual([
      'left out Job migrate: it is a hook (pre-upgrade), which helm runs',
      'applied Namespace shop',
      'applied Service shop',
      'applied ConfigMap settings',
      'applied Deployment mail: it is new',
      'unchanged Deployment web: its pods are as the file says',
      'release 1 of 2: Deployment shop',
      'release 2 of 2: Deployment cart',
    ]);
    expect(out).toContain('shop has all traffic, the canary is gone');
    expect(out).toContain('cart has all traffic, the canary is gone');
    const images = ['shop', 'cart', 'web', 'mail'].map((name) => imageOf(site, name));
    expect(images).toEqual(['shop:2', 'cart:2', 'web:1', 'mail:1']);
    expect(site.others.map(({ metadata }) => metadata.namespace)).toEqual(
      Array.from({ length: 3 }, () => 'canary'),
    );
    expect(await site.store.load<RolloutRecord>('web')).toBeUndefined();
  });

  it('ends with the first that is not promoted, and names those that were not begun', async () => {
    const site = await running();
    site.failing.add('2');
    const line = 'start -f - --margin 0.01 --soak 2s --limit 60s';
    const { code, err } = await terminalOf(site, chart)(line);
    expect(code).toBe(3);
    expect(err).toContain('canary: not begun: Deployment cart');
    expect([imageOf(site, 'shop'), imageOf(site, 'cart')]).toEqual(['shop:1', 'cart:1']);
  }, 30_000);

  it('names those that were not begun where one cannot be started', async () => {
    const site = await running();
    const { code, err } = await terminalOf(site, chart)('start -f - --max-surge 0');
    expect(err).toContain('canary: not begun: Deployment cart');
    expect(code).toBe(2);
    expect(imageOf(site, 'shop')).toBe('shop:1');
  });

  it('writes transitions alone where JSON is asked for', async () => {
    const site = await running();
    const { code, out, err } = await terminalOf(site, chart)(`start -f - ${BRIEF} -o json`);
    expect(code).toBe(0);
    const whats = out.split('\n').map((line) => (JSON.parse(line) as { what: string }).what);
    expect(whats.filter((what) => what === 'promoted')).toHaveLength(2);
    expect(err).toContain('applied Service shop');
  });

  it('leaves out what the platform does not know, and says it', async () => {
    const site = { ...(await running()), knows: (kind: string) => kind !== 'ConfigMap' };
    const { code, out } = await terminalOf(site, chart)(`start -f - ${BRIEF}`);
    expect(code).toBe(0);
    expect(out).toContain(
      'left out ConfigMap settings: this platform does not run the kind ConfigMap',
    );
    expect(site.others.map(({ kind }) => kind)).toEqual(['Namespace', 'Service']);
  });

  it('waits until a kind is there that the file itself brings', async () => {
    const site = await running();
    const definition = object('CustomResourceDefinition', 'toys', { spec: { group: 'a.org' } });
    const toy = { ...object('Toy', 'bear'), apiVersion: 'a.org/v1' };
    let refused = 0;
    const platform: FakeSite['platform'] = {
      ...site.platform,
      apply: (objects) =>
        objects[0]?.kind === 'Toy' && refused++ < 2
          ? Promise.reject(new Error('the cluster knows no kind "Toy"'))
          : site.platform.apply(objects),
    };
    const input = toYaml([toy, definition, named('web', 'web:1')]);
    const { code, out } = await terminalOf({ ...site, platform }, input)('start -f -');
    expect(code).toBe(0);
    expect(out).toContain('applied CustomResourceDefinition toys\napplied Toy bear');
  });

  it('takes the platform at its word that nothing changes', async () => {
    const site = await running();
    const own = (name: string) =>
      site.workloads().find(({ ref }) => ref.name === name)!.object['spec'] as object as {
        template: object;
      };
    const admitted = { ...site, admittedTemplate: () => Promise.resolve(own('shop').template) };
    const input = toYaml([named('shop', 'shop:2')]);
    const { code, out } = await terminalOf(admitted, input)('start -f -');
    expect(out).toBe('unchanged Deployment shop: its pods are as the file says');
    expect(code).toBe(0);
  });

  it('reads a List, empty documents and a mode as Kubernetes does', async () => {
    const site = await running();
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [object('Service', 's'), named('web', 'web:1')],
    };
    const input = `---\n# nothing\n---\n${JSON.stringify(list)}\n---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: m}\nmode: 0644\n---\n`;
    const { code } = await terminalOf(site, input)('start -f -');
    expect(code).toBe(0);
    expect(site.others.map(({ kind, mode }) => [kind, mode])).toEqual([
      ['Service', undefined],
      ['ConfigMap', 420],
    ]);
  });
});

describe('with a name', () => {
  it('that Deployment alone is released, and the other objects are said', async () => {
    const site = await running();
    const { code, out } = await terminalOf(site, chart)(`start deploy/shop -f - ${BRIEF}`);
    expect(code).toBe(0);
    expect(out).toContain(
      'Note: The file: it has Service shop, Job migrate, Deployment web, Deployment mail, ConfigMap settings, Deployment cart, Namespace shop as well, and they are left as they are',
    );
    expect([imageOf(site, 'shop'), imageOf(site, 'cart')]).toEqual(['shop:2', 'cart:1']);
    expect(site.others).toEqual([]);
  });
});

describe('canary plan -f with several objects', () => {
  it('shows it all, and touches nothing', async () => {
    const site = await running();
    const before = JSON.stringify(site.workloads());
    const { code, out } = await terminalOf(site, chart)('plan -f -');
    expect(code).toBe(0);
    const told = out.split('\n').filter((line) => /^(left|would|unch|\w+ in namespace)/.test(line));
    expect(told).toEqual([
      'left out Job migrate: it is a hook (pre-upgrade), which helm runs',
      'would apply Namespace shop',
      'would apply Service shop',
      'would apply ConfigMap settings',
      'would apply Deployment mail: it is new',
      'unchanged Deployment web: its pods are as the file says',
      'would release 1 of 2: Deployment shop',
      'shop in namespace canary (release 1): 1 of 1 replicas ready',
      'would release 2 of 2: Deployment cart',
      'cart in namespace canary (release 1): 1 of 1 replicas ready',
    ]);
    expect(JSON.stringify(site.workloads())).toBe(before);
    expect(site.others).toEqual([]);
  });

  it('writes JSON', async () => {
    const { out } = await terminalOf(await running(), chart)('plan -f - -o json');
    expect(JSON.parse(out)).toMatchObject({
      leftOut: ['Job migrate'],
      apply: ['Namespace shop', 'Service shop', 'ConfigMap settings', 'Deployment mail'],
      unchanged: ['web'],
      releases: [{ deployment: 'shop', namespace: 'canary' }, { deployment: 'cart' }],
    });
  });
});
