import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { HostPorts } from './host-ports.ts';

async function listenOn(port: number): Promise<void> {
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
}

it('gives up on a machine without a free port, and says so', async () => {
  const ports = new HostPorts(() => 0.123);
  await ports.take();
  await expect(ports.take()).rejects.toThrow('No free port found among 200 of 20000-29999');
});

it('hands out a port once, until it is released', async () => {
  const draws = [0.5, 0.5, 0.6, 0.5];
  const ports = new HostPorts(() => draws.shift() ?? 0);
  const [first, second] = [await ports.take(), await ports.take()];
  expect(second - first).toBe(1000);
  ports.release(first);
  expect(await ports.take()).toBe(first);
});

it('moves from a port that someone else listens on', async () => {
  const ports = new HostPorts(Math.random);
  const port = await ports.take();
  expect(await ports.keepOrMove(port)).toBe(port);
  await listenOn(port);
  expect(await ports.keepOrMove(port)).not.toBe(port);
});
