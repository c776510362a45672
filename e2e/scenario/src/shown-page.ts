import type { Page } from '@playwright/test';

/** What a reader sees of a rollout on the page. */
export interface Shown {
  readonly state: string;
  /** -1 where there is none. */
  readonly observation: number;
  readonly target: string;
  readonly replicas: string;
  readonly observed: string;
  readonly interval: string;
  readonly pods: readonly string[];
}

/** Reads all figures in the same instant. */
export function shown(page: Page): Promise<Shown> {
  return page.evaluate(() => {
    const text = (name: string) =>
      document.querySelector(`[data-figure="${name}"]`)?.textContent.trim() ?? '';
    return {
      state: text('state'),
      observation: Number(/\d+/.exec(text('observation'))?.[0] ?? -1),
      target: text('target'),
      replicas: text('replicas'),
      observed: text('observed'),
      interval: text('interval'),
      pods: [...document.querySelectorAll('[data-pod]')].map(
        (row) => row.getAttribute('data-pod') ?? '',
      ),
    };
  });
}

/** The rollout in a status, as far as its figures are shown. */
export interface Figures {
  readonly observation: { readonly number: number };
  readonly targetShare?: number | undefined;
  readonly replicaShare: { readonly numerator: number; readonly denominator: number };
  readonly observedShare?:
    | {
        readonly share: number;
        readonly low: number;
        readonly high: number;
        readonly canary: number;
        readonly requests: number;
      }
    | undefined;
}

/** What the page has to show for the figures of a status. */
export function expectedFigures({
  targetShare,
  replicaShare,
  observedShare,
  observation,
}: Figures) {
  const { numerator, denominator } = replicaShare;
  return {
    observation: observation.number,
    target: targetShare === undefined ? '–' : percent(targetShare),
    replicas: `${numerator}/${denominator} = ${percent(numerator / denominator)}`,
    observed: observedShare ? percent(observedShare.share) : '–',
    interval: observedShare
      ? `[${percent(observedShare.low)} – ${percent(observedShare.high)}, 95 %] · ${observedShare.canary} of ${observedShare.requests} requests`
      : 'nothing observed in this stage',
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
