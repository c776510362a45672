/** The life of a driver within this process. */
export class Life {
  isOver = false;
  readonly #underWay = new Set<Promise<unknown>>();

  /** Ends it; resolves when what the system was doing for it is done, as after a SIGKILL. */
  async end(): Promise<void> {
    this.isOver = true;
    await Promise.allSettled(this.#underWay);
  }

  /** The call's result, while there is somebody to hear of it. */
  async hear(call: Promise<unknown>): Promise<unknown> {
    this.#underWay.add(call);
    const result = await call.finally(() => this.#underWay.delete(call));
    return this.isOver ? never() : result;
  }
}

/** The port as a process sees it that may be killed: then no call is made, and no answer comes. */
export function mortal<Port extends object>(port: Port, life: Life): Port {
  return new Proxy(port, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown => {
        if (life.isOver) return never();
        const result: unknown = Reflect.apply(member, target, args);
        return result instanceof Promise ? life.hear(result) : result;
      };
    },
  });
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
