import { randomUUID } from 'node:crypto';
import { on } from 'node:events';
import { watch } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ConflictError, type RolloutStore, type Stored } from '@canary/rollout';

/** Older versions are removed, ... */
const KEPT_VERSIONS = 8;
/** ... but none before this time: a number is given anew only after it. */
const KEPT_MS = 60_000;
/** A save that took longer may have been given a number anew. */
const SURE_MS = KEPT_MS / 2;
/** How often a reader comes too late for what it wants to read, before it gives up. */
const READ_ATTEMPTS = 10;

/**
 * A store on files, `<key>@<version>.json`. A version is written under a name of its own and then
 * linked to its place, which the file system does at once or, where another process was first, not
 * at all: no reader sees half a value, no save is lost, no lock is left behind by a crash. (A rename
 * would replace what another process had saved meanwhile.) A process that was stopped for so long
 * that its version has been given and removed since finds that out, and has saved nothing.
 *
 * @param now a clock that only goes forward, in milliseconds
 */
export function fileStore(directory: string, now = () => performance.now()): RolloutStore {
  return {
    load: <Value>(key: string) => load<Value>(directory, key),
    save: async (key, value, version) => {
      await mkdir(directory, { recursive: true });
      const startedAt = now();
      const present = (await versions(directory, key)).at(-1);
      if (version !== (present === undefined ? undefined : String(present))) throw conflict(key);
      const next = (present ?? 0) + 1;
      await place(fileOf(directory, key, next), JSON.stringify(value), key);
      const isSure = now() < startedAt + SURE_MS;
      const all = await versions(directory, key);
      if (!isSure && !all.slice(-KEPT_VERSIONS).includes(next)) {
        await rm(fileOf(directory, key, next), { force: true });
        throw conflict(key);
      }
      for (const old of all.slice(0, -KEPT_VERSIONS)) await removeAged(fileOf(directory, key, old));
      return String(next);
    },
    watch: (key, signal) => watchKey(directory, key, signal),
  };
}

/** Ends where the folder is removed: one that takes its place is another. */
async function* watchKey(directory: string, key: string, signal: AbortSignal) {
  const start = `${encodeURIComponent(key)}@`;
  const watcher = watch(directory, { persistent: false });
  try {
    const changes = on(watcher, 'change', { signal }) as AsyncIterable<[string, string | null]>;
    yield;
    for await (const [, name] of changes) {
      if (name === null || (name.startsWith(start) && name.endsWith('.json'))) yield;
      else if (name === basename(directory)) return;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    watcher.close();
  }
}

async function load<Value>(directory: string, key: string): Promise<Stored<Value> | undefined> {
  for (let attempt = 1; ; attempt++) {
    const latest = (await versions(directory, key)).at(-1);
    if (latest === undefined) return undefined;
    try {
      const value = (await read(fileOf(directory, key, latest))) as Value;
      return { value, version: String(latest) };
    } catch (error) {
      // So many were saved meanwhile that this one is outdated.
      if (!hasCode(error, 'ENOENT') || attempt === READ_ATTEMPTS) throw error;
    }
  }
}

async function place(file: string, content: string, key: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, content, { flush: true });
    await link(draft, file);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw conflict(key, error);
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function removeAged(file: string): Promise<void> {
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
  if (mtimeMs < Date.now() - KEPT_MS) await rm(file, { force: true });
}

/** The versions that there are, the latest last. */
async function versions(directory: string, key: string): Promise<number[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const start = `${encodeURIComponent(key)}@`;
  return names
    .filter((name) => name.startsWith(start) && name.endsWith('.json'))
    .map((name) => Number(name.slice(start.length, -'.json'.length)))
    .sort((a, b) => a - b);
}

async function read(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} holds no JSON; remove it to go back to the version before`, { cause });
  }
}

function fileOf(directory: string, key: string, version: number): string {
  return join(directory, `${encodeURIComponent(key)}@${version}.json`);
}

function conflict(key: string, cause?: unknown): ConflictError {
  const message = `Someone else saved "${key}" since it was loaded; load it again`;
  return new ConflictError(message, { cause });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
