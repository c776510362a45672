import { describe, expect, it } from 'vitest';
import { eventStream, type StreamEvent } from '../client/event-stream.ts';
import { Feed } from '../live/feed.ts';
import { NOW, observedRecord, workload } from '../testing/objects.ts';
import type { ActionName } from '../view/offers.ts';
import { pageView } from '../view/page-view.ts';
import { createApi, type ApiOptions } from './app.ts';

const TOKEN = 'a-token-of-these-tests';

function served(change: Partial<ApiOptions> = {}) {
  let targets: Parameters<typeof pageView>[0]['targets'] = [];
  const feed = new Feed(() =>
    pageView({
      ...{ app: 'myapp', namespace: 'canary', frozen: undefined, now: NOW, targets },
      record: observedRecord(),
      workloads: [workload('1.0.0', 4), workload('2.0.0', 1)],
    }),
  );
  const asked: (readonly [ActionName, string])[] = [];
  const app = createApi({
    feed,
    token: TOKEN,
    actor: {
      act: (action, reason) => {
        asked.push([action, reason]);
        return Promise.resolve(
          reason === 'refuse' ? { taken: true, refusal: 'it has ended' } : { taken: true },
        );
      },
    },
    assets: new Map([
      ['/index.html', { body: new TextEncoder().encode('<p>page</p>'), type: 'text/html' }],
    ]),
    ...change,
  });
  const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    app.request(`http://127.0.0.1:7777${path}`, {
      ...init,
      headers: { host: '127.0.0.1:7777', authorization: `Bearer ${TOKEN}`, ...headers },
    });
  const act = (action: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(
      `/api/actions/${action}`,
      { 'content-type': 'application/json', 'x-canary-action': action, ...headers },
      { method: 'POST', body: JSON.stringify(body) },
    );
  return {
    ...{ feed, ask, act, asked },
    down: (error: string) => {
      targets = [{ pod: 'myapp-v2.0.0-0', release: '2.0.0', url: '', health: 'down', error }];
      feed.changed();
    },
  };
}

describe('the server refuses', () => {
  it.each([
    ['no token', { authorization: '' }],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['a token that begins right', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
  ])('%s, with what to do', async (_, headers) => {
    const response = await served().ask('/api/view', headers);
    expect(response.status).toBe(401);
    expect(await response.text()).toContain('open the address that canary has printed');
  });

  it('never tells the token, not even in an error', async () => {
    const response = await served().ask('/api/view', { authorization: 'Bearer wrong' });
    expect(await response.text()).not.toContain(TOKEN);
  });

  it.each(['evil.example', 'evil.example:7777', 'localhost.evil.example', ''])(
    'the name %j, which may have been made to lead here',
    async (host) => {
      const response = await served().ask('/api/view', { host });
      expect(response.status).toBe(421);
    },
  );

  it.each(['localhost:7777', '127.0.0.1:7777', '[::1]:7777', '192.168.1.7'])(
    'not the address %s',
    async (host) => {
      expect((await served().ask('/api/view', { host })).status).toBe(200);
    },
  );

  it('not a name that it was told', async () => {
    const { ask } = served({ hostname: 'canary.example' });
    expect((await ask('/api/view', { host: 'canary.example:7777' })).status).toBe(200);
  });

  it.each([
    { origin: 'http://evil.example' },
    { origin: 'http://127.0.0.1:8888' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
  ])('a page of another site: %j', async (headers) => {
    const { ask, act, asked } = served();
    expect((await ask('/api/view', headers)).status).toBe(403);
    expect((await act('abort', { reason: 'so' }, headers)).status).toBe(403);
    expect(asked).toEqual([]);
  });

  it('an action without the header that no other site can send', async () => {
    const { ask, asked } = served();
    const init = { method: 'POST', body: '{"reason":"so"}' };
    const response = await ask('/api/actions/abort', {}, init);
    expect(response.status).toBe(403);
    expect(asked).toEqual([]);
  });

  it.each([[{}], [{ reason: ' ' }], [{ reason: 7 }], [{ reason: 'x'.repeat(301) }], ['text']])(
    'an action without a reason: %j',
    async (body) => {
      const { act, asked } = served();
      const response = await act('abort', body);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('give a reason of 1 to 300 letters');
      expect(asked).toEqual([]);
    },
  );

  it('an action that there is not, a body that is too long, a path that leads nowhere', async () => {
    const { act, ask } = served();
    expect((await act('undo', { reason: 'so' })).status).toBe(404);
    expect((await act('abort', { reason: 'x'.repeat(5000) })).status).toBe(413);
    expect((await ask('/../package.json')).status).toBe(404);
  });

  it('every action where it is read-only, and says so', async () => {
    const response = await served({ actor: undefined }).act('abort', { reason: 'so' });
    expect(response.status).toBe(403);
    expect(await response.json()).toEqual({
      error: 'this server takes no actions: start canary dashboard without --read-only',
    });
  });
});

describe('the server', () => {
  it('gives everything at once', async () => {
    const { ask, feed } = served();
    const body: unknown = await (await ask('/api/view')).json();
    expect(body).toEqual(JSON.parse(JSON.stringify({ view: feed.view(), samples: [] })));
  });

  it('carries an action out with its reason', async () => {
    const { act, asked } = served();
    const response = await act('abort', { reason: ' the shop is slow ' });
    expect([response.status, await response.json()]).toEqual([200, { taken: true }]);
    expect(asked).toEqual([['abort', 'the shop is slow']]);
  });

  it('says where an action was not followed', async () => {
    const response = await served().act('promote', { reason: 'refuse' });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ refusal: 'it has ended' });
  });

  it('serves the page without a token, and lets it run nothing but its own files', async () => {
    const response = await served().ask('/', { authorization: '' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<p>page</p>');
    const linked = await served().ask('/', { 'sec-fetch-site': 'cross-site' });
    expect(linked.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('the stream', () => {
  it('tells everything first, and then what is new', async () => {
    const { ask, feed, down } = served();
    feed.sampled({ at: 1, seconds: 1, releases: {} });
    const response = await ask('/api/stream');
    const events = eventStream(response.body!);
    const told = async () => {
      const next = await events.next();
      const { event, data } = next.value as StreamEvent;
      return [event, JSON.parse(data)] as readonly [string, unknown];
    };
    expect(await told()).toEqual(['view', JSON.parse(JSON.stringify(feed.view()))]);
    expect(await told()).toMatchObject(['backlog', { samples: [{ at: 1 }] }]);
    feed.sampled({ at: 2, seconds: 1, releases: {} });
    expect(await told()).toMatchObject(['sample', { at: 2 }]);
    down('connection refused');
    expect(await told()).toMatchObject([
      'view',
      { pods: expect.arrayContaining([expect.objectContaining({ target: 'down' })]) as unknown },
    ]);
    await events.return(undefined);
  });

  it('has an id and a time to try again for each event', async () => {
    const response = await served().ask('/api/stream');
    const reader = response.body!.getReader();
    const chunk = (await reader.read()) as { readonly value: Uint8Array };
    expect(new TextDecoder().decode(chunk.value)).toMatch(
      /^event: view\n[^]*\nid: 1\nretry: 1000\n\n/m,
    );
    await reader.cancel();
  });
});
