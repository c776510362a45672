/** Whoever lives by it does nothing any more once it is over. */
export interface Life {
  isOver: boolean;
}

/** The port as a process sees it that may be killed: then no call is made, and no answer comes. */
export function mortal<Port extends object>(port: Port, life: Life): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        if (life.isOver) return never();
        const result: unknown = Reflect.apply(member, target, args);
        if (isAsyncIterable(result)) return iterateWhile(result, life);
        return result instanceof Promise ? whileAlive(result, life) : result;
      };
    },
  });
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}

function whileAlive<Result>(promise: Promise<Result>, life: Life): Promise<Result> {
  return promise.then(
    (result) => (life.isOver ? never() : result),
    (error: unknown) => {
      if (life.isOver) return never();
      throw error;
    },
  );
}

async function* iterateWhile(items: AsyncIterable<unknown>, life: Life): AsyncGenerator {
  for await (const item of items) {
    if (life.isOver) await never();
    yield item;
  }
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
