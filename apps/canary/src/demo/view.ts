import type { DemoEvent } from './events.ts';

/** Shows a demonstration to a person. */
export interface View {
  readonly tell: (event: DemoEvent) => void;
  /** Leaves the terminal as it was found. */
  readonly end: () => void;
}
