import type { PodView } from '@canary/api/client';
import { sideOf, sidesOf, type Sides } from '../state/sides.ts';
import { usePage } from '../state/use-page.ts';
import { useTexts } from '../text/language.ts';

/** Every pod, those with something wrong first. */
export function PodsPanel() {
  const t = useTexts();
  const { view } = usePage();
  const pods = [...(view?.pods ?? [])].sort((a, b) => trouble(b) - trouble(a));
  const replicas = pods.filter(({ ended }) => !ended);
  const sides = sidesOf(view);
  const ready = replicas.filter((pod) => pod.ready && !pod.terminating).length;
  const down = replicas.filter(({ target }) => target === 'down').length;
  const heads = [t.pod.release, t.pod.name, t.pod.node, t.pod.ready, t.pod.restarts, t.pod.target];
  return (
    <section class="panel pods" aria-labelledby="pods-title">
      <header>
        <h2 id="pods-title">{t.panels.pods}</h2>
        <span class="muted">
          <b data-figure="ready pods">{ready}</b>/{replicas.length} {t.pod.ready}
          {down > 0 ? `, ${down} DOWN` : ''}
        </span>
      </header>
      <div class="scroll" tabindex={0} role="group" aria-labelledby="pods-title">
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th scope="col" key={head}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pods.map((pod) => (
              <PodRow key={pod.name} pod={pod} sides={sides} />
            ))}
          </tbody>
        </table>
        {pods.length === 0 ? <p class="muted plain">{t.pod.none}</p> : null}
      </div>
    </section>
  );
}

function PodRow({ pod, sides }: { readonly pod: PodView; readonly sides: Sides }) {
  const t = useTexts();
  const why = [pod.reason, pod.message].filter(Boolean).join(': ');
  const state = t.pod[stateOf(pod)];
  const troubles = [pod.terminating ? '' : why, pod.targetError ?? ''].filter(Boolean);
  return (
    <>
      <tr data-pod={pod.name}>
        <td>
          <span class={`swatch ${sideOf(pod.release, sides)}`} aria-hidden="true" /> {pod.release}
        </td>
        <td class="name" title={pod.name}>
          {pod.name}
        </td>
        <td>{pod.node ?? '–'}</td>
        <td class={stateOf(pod) === 'isNot' ? 'warn' : ''}>{state}</td>
        <td class={pod.restarts > 0 ? 'warn number' : 'number'}>{pod.restarts}</td>
        <td>
          <span class={`health ${pod.target}`}>{t.pod[pod.target]}</span>
        </td>
      </tr>
      {troubles.length === 0 ? null : (
        <tr>
          <td class="why" colSpan={6}>
            {troubles.join('; ')}
          </td>
        </tr>
      )}
    </>
  );
}

function stateOf({ ready, terminating, ended }: PodView) {
  if (ended) return 'hasEnded';
  if (terminating) return 'isLeaving';
  return ready ? 'isReady' : 'isNot';
}

function trouble({ ready, terminating, ended, target }: PodView): number {
  if (terminating || ended) return 1;
  return (ready ? 0 : 4) + (target === 'down' ? 2 : 0);
}
