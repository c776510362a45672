import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Feed } from '../live/feed.ts';
import { actionNames, type ActionName } from '../view/offers.ts';
import type { Actor } from './actor.ts';
import { deliberate, knowsToken, ownHost, ownOrigin } from './guards.ts';
import { ownHeaders } from './headers.ts';
import { streamFeed } from './stream.ts';

/** A file of the page. */
export interface Asset {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** What the server serves, and to whom. */
export interface ApiOptions {
  readonly feed: Feed;
  /** Who carries actions out; undefined where none is taken. */
  readonly actor: Actor | undefined;
  /** Why no action is taken, where none is. */
  readonly whyReadOnly?: string;
  readonly token: string;
  /** The page's files by their paths, such as `/index.html`. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** The name by which it is reached, beside localhost and addresses. */
  readonly hostname?: string | undefined;
}

/** No reason needs more letters. */
const REASON_LIMIT = 300;
const BODY_LIMIT = 4096;
const READ_ONLY = 'this server takes no actions: start canary dashboard without --read-only';

/**
 * The page, and the routes that it and scripts use:
 *
 * - `GET /api/view`: everything at once, as JSON
 * - `GET /api/stream`: the same, and again whenever something changes (server-sent events)
 * - `POST /api/actions/{promote,pause,resume,abort}` with `{ "reason": "…" }`
 *
 * All need `Authorization: Bearer <token>`; actions the header `x-canary-action`, too.
 */
export function createApi(options: ApiOptions) {
  const { feed, token, assets, hostname } = options;
  const app = new Hono();
  app.use(ownHeaders, ownHost(hostname));
  // The page itself has no secrets, and a link to it may stand anywhere.
  app.use('/api/*', ownOrigin, knowsToken(token), async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  app.onError((error, c) => c.json({ error: error.message }, 500));
  app.notFound((c) => c.json({ error: `there is nothing at ${c.req.path}` }, 404));

  const routes = app
    .get('/api/view', (c) => c.json({ view: feed.view(), ...feed.backlog() }))
    .get('/api/stream', (c) => streamFeed(c, feed))
    .post(
      '/api/actions/:action',
      deliberate,
      bodyLimit({
        maxSize: BODY_LIMIT,
        onError: (c) => c.json({ error: `the body is longer than ${BODY_LIMIT} bytes` }, 413),
      }),
      (c) => act(c, options),
    );
  app.get('*', (c) => {
    const asset = assets.get(c.req.path === '/' ? '/index.html' : c.req.path);
    if (!asset) return c.notFound();
    c.header('Content-Type', asset.type);
    c.header('Cache-Control', 'no-cache');
    return c.body(asset.body);
  });
  return routes;
}

async function act(c: Context, { actor, whyReadOnly = READ_ONLY }: ApiOptions) {
  const name = c.req.param('action');
  const action = actionNames.find((one) => one === name);
  if (!action) {
    return c.json(
      { error: `there is no action ${name ?? ''}: use ${actionNames.join(', ')}` },
      404,
    );
  }
  if (!actor) return c.json({ error: whyReadOnly }, 403);
  const reason = reasonIn(await c.req.json<unknown>().catch(() => undefined));
  if (reason === undefined) {
    const error = `give a reason of 1 to ${REASON_LIMIT} letters: {"reason": "…"}`;
    return c.json({ error }, 400);
  }
  return await result(c, actor, action, reason);
}

async function result(c: Context, actor: Actor, action: ActionName, reason: string) {
  const done = await actor.act(action, reason);
  return c.json(done, done.refusal === undefined ? 200 : 409);
}

function reasonIn(body: unknown): string | undefined {
  const reason: unknown = (body as { readonly reason?: unknown } | undefined)?.reason;
  if (typeof reason !== 'string') return undefined;
  const trimmed = reason.trim();
  return trimmed === '' || trimmed.length > REASON_LIMIT ? undefined : trimmed;
}
