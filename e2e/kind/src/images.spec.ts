import { runTool } from '@canary/kind';
import { expect, test } from '@playwright/test';
import { nodeImage } from './environment.ts';
import { requireKind } from './require-kind.ts';

requireKind();

const IMAGE = 'myapp:v1.0';

test('the image of the service adds less than 3 MB to the one it builds on', async () => {
  const size = async (image: string) =>
    Number(await runTool('docker', ['image', 'inspect', '--format', '{{.Size}}', image]));
  const own = (await size(IMAGE)) - (await size(nodeImage ?? 'node:24-slim'));
  process.stdout.write(`own layers: ${(own / 1e6).toFixed(2)} MB\n`);
  expect(own).toBeLessThan(3e6);
});

test('the image runs as nobody special, exposes 5555 and says that it is version 1.0', async () => {
  const format = '{{.Config.User}} {{json .Config.ExposedPorts}} {{json .Config.Env}}';
  const config = await runTool('docker', ['image', 'inspect', '--format', format, IMAGE]);
  expect(config).toMatch(/^1000:1000 \{"5555\/tcp":\{\}\} /);
  expect(config).toContain('"VERSION=1.0"');
});

test('a container of it answers within a second of its start', async () => {
  const id = await runTool('docker', [
    'run',
    '--rm',
    '--detach',
    '--publish',
    '127.0.0.1::5555',
    IMAGE,
  ]);
  try {
    const address = await runTool('docker', ['port', id, '5555']);
    const answers = () =>
      fetch(`http://${address}/healthy`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect
      .poll(answers, { message: 'an answer', timeout: 10_000, intervals: [10] })
      .toBe(true);
    const started = await runTool('docker', ['inspect', '--format', '{{.State.StartedAt}}', id]);
    const ms = Date.now() - Date.parse(started);
    process.stdout.write(`answered ${String(ms)} ms after its start\n`);
    expect(ms).toBeLessThan(1000);
  } finally {
    await runTool('docker', ['rm', '--force', id]);
  }
});
