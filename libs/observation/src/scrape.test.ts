import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { scrape, type ScrapeMeans } from './scrape.ts';
import { exposing, startServer } from './testing/server.ts';

const COUNTS = 'http_requests_total{status="200"} 7\n';

const scrapeUrl = (url: string, own: Partial<ScrapeMeans> = {}) =>
  scrape(
    { url },
    { fetch, signal: AbortSignal.timeout(10_000), maxBytes: 100_000, clock: Date.now, ...own },
  );

async function scrapeOf(listener: RequestListener, own: Partial<ScrapeMeans> = {}) {
  const server = await startServer(listener);
  onTestFinished(() => server.close());
  return scrapeUrl(server.url, own);
}

describe('scrape gives as the reason of a failure', () => {
  it('that nobody listens', async () => {
    const gone = await startServer(exposing(COUNTS));
    await gone.close();
    expect(await scrapeUrl(gone.url)).toEqual({ error: 'connection refused', unanswered: true });
  });

  it('that the address is none', async () => {
    expect(await scrapeUrl('http://127.0.0.1:port/metrics')).toEqual({
      error: 'Invalid URL',
      unanswered: false,
    });
  });

  it.each([
    [404, 'server returned HTTP status 404 Not Found'],
    [503, 'server returned HTTP status 503 Service Unavailable'],
    [204, 'server returned HTTP status 204 No Content'],
  ])('the HTTP status %i', async (status, error) => {
    expect(await scrapeOf((_, response) => response.writeHead(status).end())).toEqual({
      error,
      unanswered: false,
    });
  });

  it.each(['text/html; charset=utf-8', 'application/json', 'text/plainer'])(
    'the content type %s',
    async (type) => {
      const error = `received unsupported Content-Type "${type}", expected text/plain`;
      expect(await scrapeOf(exposing(COUNTS, type))).toEqual({ error, unanswered: false });
    },
  );

  it('that there is no content type', async () => {
    const error = 'received no Content-Type, expected text/plain';
    expect(await scrapeOf((_, response) => response.end(COUNTS))).toEqual({
      error,
      unanswered: false,
    });
  });

  it('that the text is not UTF-8', async () => {
    const listener: RequestListener = (_, response) =>
      response.setHeader('content-type', 'text/plain').end(Buffer.from([0x61, 0xff]));
    expect(await scrapeOf(listener)).toEqual({ error: 'the body is not UTF-8', unanswered: false });
  });

  it('that the connection broke inside the body', async () => {
    const listener: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-length': 1000 });
      response.write(COUNTS, () => response.destroy());
    };
    const error = 'connection closed before the answer was complete';
    expect(await scrapeOf(listener)).toEqual({ error, unanswered: true });
  });

  it('that every connection is closed', async () => {
    const error = 'connection closed before the answer was complete';
    expect(await scrapeOf((request) => request.socket.destroy())).toEqual({
      error,
      unanswered: true,
    });
  });

  it('a body without end, which it stops reading', async () => {
    let closed: Promise<unknown> | undefined;
    const listener: RequestListener = (_, response) => {
      closed = once(response, 'close');
      response.setHeader('content-type', 'text/plain');
      const more = () => {
        while (!response.destroyed && response.write('# more\n'.repeat(1000)));
      };
      response.on('drain', more);
      more();
    };
    const error = 'body size limit of 100000 bytes exceeded';
    expect(await scrapeOf(listener)).toEqual({ error, unanswered: false });
    await closed;
  });

  it('a status, without reading the body to it', async () => {
    let closed: Promise<unknown> | undefined;
    const result = await scrapeOf((_, response) => {
      closed = once(response, 'close');
      response.writeHead(500).write('sorry');
    });
    expect(result).toEqual({
      error: 'server returned HTTP status 500 Internal Server Error',
      unanswered: false,
    });
    await closed;
  });

  it('a body that is small only as long as it is packed', async () => {
    const packed = gzipSync(Buffer.alloc(10_000_000, '#'));
    expect(packed.length).toBeLessThan(100_000);
    const listener: RequestListener = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' })
        .end(packed);
    expect(await scrapeOf(listener)).toEqual({
      error: 'body size limit of 100000 bytes exceeded',
      unanswered: false,
    });
  });
});

describe('scrape', () => {
  it('asks for the text format alone', async () => {
    let accept: string | undefined;
    await scrapeOf((request, response) => {
      accept = request.headers.accept;
      exposing(COUNTS)(request, response);
    });
    expect(accept).toBe('text/plain;version=0.0.4;q=1,*/*;q=0.1');
  });

  it('takes a packed body, and one as large as the limit', async () => {
    const body = '#'.repeat(100_000);
    const listener: RequestListener = (_, response) =>
      response
        .writeHead(200, { 'content-type': 'Text/Plain', 'content-encoding': 'gzip' })
        .end(gzipSync(body));
    expect(await scrapeOf(listener)).toMatchObject({ text: body });
  });

  it('asks once more where a kept-alive connection closes under the request', async () => {
    const answer = `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${COUNTS.length}\r\n\r\n${COUNTS}`;
    const seen = { dropped: false };
    const server = createTcpServer((socket) => {
      let requests = 0;
      socket.on('data', () => {
        if (++requests === 1 || seen.dropped) {
          socket.write(answer);
        } else {
          seen.dropped = true;
          socket.destroy();
        }
      });
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    // Which scrape is the first on a used connection is up to fetch.
    while (!seen.dropped) expect(await scrapeUrl(url)).toMatchObject({ text: COUNTS });
  });

  it('notes as its time when the head of the response arrived', async () => {
    let now = 1000;
    let headSeen: () => void;
    const head = new Promise<void>((resolve) => (headSeen = resolve));
    const listener: RequestListener = (_, response) => {
      now = 2000;
      response.writeHead(200, { 'content-type': 'text/plain' }).write('a 1\n');
      void head.then(() => {
        now = 3000;
        response.end('b 2\n');
      });
    };
    const clock = () => {
      headSeen();
      return now;
    };
    expect(await scrapeOf(listener, { clock })).toEqual({ text: 'a 1\nb 2\n', at: 2000 });
  });
});
