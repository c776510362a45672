import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Balancer } from './balancer.ts';

const portOf = (server: Server): number => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

/** A backend that answers with its name as soon as it is connected to, and sees the rest. */
async function backend(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return portOf(server);
}

/** A port that refuses connections: it was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

async function balance(backends: () => readonly number[], random = () => 0): Promise<number> {
  const balancer = new Balancer({ name: 'Service default/web port 80', backends, random });
  onTestFinished(() => balancer.close());
  return balancer.listen(0);
}

/** What a client gets that says nothing but that it has finished. */
async function ask(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  socket.end();
  await once(socket, 'close');
  return text;
}

it('names the port that is taken, and the remedy', async () => {
  const taken = await backend(() => undefined);
  const balancer = new Balancer({
    name: 'Service default/web port 80',
    backends: () => [],
    random: Math.random,
  });
  await expect(balancer.listen(taken)).rejects.toThrow(
    `Service default/web port 80 cannot listen on 127.0.0.1:${taken}: `,
  );
  await expect(balancer.listen(taken)).rejects.toThrow('choose another');
});

it('resets the connection where there is no backend', async () => {
  const port = await balance(() => []);
  await expect(ask(port)).rejects.toThrow('ECONNRESET');
});

it('resets the connection where every backend refuses it', async () => {
  const refusing = [await closedPort(), await closedPort()];
  const port = await balance(() => refusing);
  await expect(ask(port)).rejects.toThrow('ECONNRESET');
});

it('passes a connection that its backend refuses to another one', async () => {
  const refusing = await closedPort();
  const b = await backend((socket) => socket.end('b'));
  const port = await balance(() => [refusing, b]);
  expect(await ask(port)).toBe('b');
});

it('passes it to none that has left meanwhile', async () => {
  const refusing = await closedPort();
  const left = await backend((socket) => socket.end('left'));
  const looks = [[refusing, left], [refusing]];
  const port = await balance(() => looks.shift() ?? []);
  await expect(ask(port)).rejects.toThrow('ECONNRESET');
});

it('picks the backend of each connection at random', async () => {
  const a = await backend((socket) => socket.end('a'));
  const b = await backend((socket) => socket.end('b'));
  const draws = [0.2, 0.7, 0.49, 0.5];
  const port = await balance(
    () => [a, b],
    () => draws.shift() ?? 0,
  );
  const answers: string[] = [];
  for (let connection = 0; connection < 4; connection++) answers.push(await ask(port));
  expect(answers).toEqual(['a', 'b', 'a', 'b']);
});

it('lets a client finish before its backend answers', async () => {
  const b = await backend((socket) => {
    let heard = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (heard += chunk));
    socket.once('end', () => socket.end(`heard ${heard}`));
  });
  const port = await balance(() => [b]);
  const client = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  client.end('all of it');
  const [answer] = (await once(client, 'data')) as [Buffer];
  expect(answer.toString()).toBe('heard all of it');
});

it('passes a reset on', async () => {
  const b = await backend((socket) => {
    socket.once('data', () => socket.resetAndDestroy());
  });
  const port = await balance(() => [b]);
  const client = connect({ port, host: '127.0.0.1' });
  client.write('x');
  const [error] = (await once(client, 'error')) as [Error];
  expect(error.message).toContain('ECONNRESET');
});

it('keeps a connection whose backend may get no new ones', async () => {
  const b = await backend((socket) => socket.pipe(socket));
  let backends = [b];
  const port = await balance(() => backends);
  const client = connect({ port, host: '127.0.0.1' });
  client.write('before');
  expect(String(await once(client, 'data'))).toBe('before');
  backends = [];
  await expect(ask(port)).rejects.toThrow('ECONNRESET');
  client.write('after');
  expect(String(await once(client, 'data'))).toBe('after');
  client.destroy();
});

it('ends what is open when it closes', async () => {
  const b = await backend((socket) => socket.write('hello'));
  const balancer = new Balancer({ name: 'x', backends: () => [b], random: Math.random });
  const client = connect({ port: await balancer.listen(0), host: '127.0.0.1' });
  await once(client, 'data');
  await balancer.close();
  await once(client, 'close');
});
