import type { PageView } from '@canary/api/client';

/** The releases that the page compares: always the same two colours. */
export interface Sides {
  readonly stable: string | undefined;
  readonly canary: string | undefined;
}

/** Which release is which: by the rollout, or else the first two there are. */
export function sidesOf(view: PageView | undefined): Sides {
  const { rollout, workloads = [] } = view?.status ?? {};
  if (rollout) return { stable: rollout.from, canary: rollout.to };
  const [stable, canary] = [...new Set(workloads.map(({ release }) => release))];
  return { stable, canary };
}

/** How a release is coloured. */
export function sideOf(release: string, sides: Sides): 'stable' | 'canary' | 'other' {
  if (release === sides.stable) return 'stable';
  return release === sides.canary ? 'canary' : 'other';
}
