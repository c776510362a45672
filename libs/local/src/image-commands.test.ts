import { expect, it } from 'vitest';
import { ImageCommands, type ImageCommand } from './image-commands.ts';
import type { ContainerContext } from './images.ts';
import { runPod } from './testing/run-pod.ts';

const cwd = '/work/shop';
const command = (image: string, ...argv: string[]): ImageCommand => ({ image, argv, cwd });
const context = (more: Partial<ContainerContext>): ContainerContext => ({
  image: 'shop:1',
  namespace: 'default',
  pod: 'shop-1',
  container: 'shop',
  env: {},
  command: [],
  args: [],
  ports: new Map([
    [9090, 20_002],
    [8080, 20_001],
  ]),
  listened: [8080, 9090],
  mounts: new Map(),
  directory: '/tmp/shop-1',
  discoveryUrl: 'http://127.0.0.1:1/',
  ...more,
});

it.each(['shop', 'shop:3', 'other/shop:2', 'shop:2-rc', 'host:2/shop:2'])(
  'does not take %s for shop:2',
  (image) => {
    const commands = new ImageCommands([command('shop:2', 'a')]);
    expect(commands.matches(image)).toBe(false);
    expect(() => commands.command(context({ image }))).toThrow(`--run '${image}=<command>'`);
  },
);

it.each([
  ['shop', 'any'],
  ['shop:1', 'any'],
  ['shop:2', 'two'],
  ['shop:2@sha256:0a', 'two'],
  ['shop@sha256:0a', 'any'],
  ['registry.example:5000/shop', 'latest'],
  ['registry.example:5000/shop:latest', 'latest'],
])('runs %s by the command that names it most exactly: %s', (image, program) => {
  const commands = new ImageCommands([
    command('shop', 'any'),
    command('shop:2', 'two'),
    command('registry.example:5000/shop:latest', 'latest'),
  ]);
  expect(commands.command(context({ image })).command).toBe(program);
});

it('hands the ports of this machine in, and runs in the folder that was said', () => {
  const commands = new ImageCommands([command('shop', 'node', 'app.mjs')]);
  expect(commands.command(context({ args: ['--loud'] }))).toEqual({
    command: 'node',
    args: ['app.mjs', '--loud'],
    env: { PORT: '20001', PORT_8080: '20001', PORT_9090: '20002' },
    cwd,
  });
  expect(commands.command(context({ listened: [] })).env).toEqual({});
});

it("leaves the image's own command out, and the args that belong to it", () => {
  const commands = new ImageCommands([command('shop', 'node', 'app.mjs')]);
  const own = context({ command: ['/usr/bin/java'], args: ['-jar', '/shop.jar'] });
  expect(commands.command(own)).toMatchObject({ command: 'node', args: ['app.mjs'] });
});

it('takes the last word for an image', () => {
  const commands = new ImageCommands([command('shop:1', 'first')]);
  commands.add([command('shop:1', 'last')]);
  expect(commands.command(context({})).command).toBe('last');
});

it('starts a pod that waited for its image as soon as a command stands for it', async () => {
  const commands = new ImageCommands();
  const { until, ready, get } = await runPod(
    { image: 'shop:1', env: { PORT: '80', WHO: 'shop' } },
    { images: [commands] },
  );
  await until(({ reason }) => reason).toBe('ImagePullBackOff');
  const app = `
    const answer = (_, response) => response.end(process.env.WHO + ' in ' + process.cwd());
    require('node:http').createServer(answer).listen(process.env.PORT, '127.0.0.1');`;
  commands.add([{ image: 'shop', argv: [process.execPath, '-e', app], cwd: '/' }]);
  await ready();
  expect(await get('/')).toEqual({ status: 200, body: 'shop in /' });
});
