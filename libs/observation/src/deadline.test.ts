import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeadlineError, withDeadline } from './deadline.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that ends when it is told to stop, with the reason. */
const untilStopped = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

describe('withDeadline', () => {
  it('does not begin where it is aborted already', async () => {
    const work = vi.fn();
    const reason = new Error('enough');
    await expect(withDeadline(1, AbortSignal.abort(reason), work)).rejects.toBe(reason);
    expect(work).not.toHaveBeenCalled();
  });

  it('stops the work when its time is over, and not before', async () => {
    const done = withDeadline(2000, undefined, untilStopped);
    const ended = expect(done).rejects.toThrow(DeadlineError);
    vi.advanceTimersByTime(1999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    await ended;
  });

  it('stops the work when it is aborted from outside', async () => {
    const abort = new AbortController();
    const done = withDeadline(2000, abort.signal, untilStopped);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(done).rejects.toBe(reason);
  });

  it.each([
    ['succeeds', () => Promise.resolve()],
    ['fails', () => Promise.reject(new Error('failed'))],
  ])('leaves no timer and no listener behind when the work %s', async (_, work) => {
    const { signal } = new AbortController();
    await Promise.allSettled([withDeadline(2000, signal, work)]);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
