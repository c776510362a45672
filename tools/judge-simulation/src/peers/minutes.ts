import type { Counted } from '../world/pod.ts';
import type { Seen } from '../world/world.ts';
import { Window } from './contestant.ts';

/** What each minute of the hour counted, for rules that look back. */
export class Minutes {
  readonly canary: Counted[] = [];
  readonly twin: Counted[] = [];
  readonly #canary = new Window(60);
  readonly #twin = new Window(60);

  add(seen: Seen): void {
    const canary = this.#canary.add('canary', seen);
    const twin = this.#twin.add('twin', seen);
    if (canary && twin) {
      this.canary.push(canary);
      this.twin.push(twin);
    }
  }
}
