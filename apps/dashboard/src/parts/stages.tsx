import type { StatusRollout, StageView } from '@canary/api/client';
import { usePage, useStore } from '../state/use-page.ts';
import { useTexts } from '../text/language.ts';
import { stageText, waitText } from '../text/sentences.ts';

/** The stages of the plan: done, under way with what it waits for, to come. */
export function StagesPanel() {
  const t = useTexts();
  const rollout = usePage().view?.status.rollout;
  return (
    <section class="panel stages" aria-labelledby="stages-title">
      <header>
        <h2 id="stages-title">{t.panels.stages}</h2>
        {rollout?.driver ? <DriverNote driver={rollout.driver} /> : null}
      </header>
      <ol tabindex={0} aria-labelledby="stages-title">
        {(rollout?.plan ?? []).map((stage, index) => (
          <Stage key={index} stage={stage} next={rollout?.plan[index + 1]} rollout={rollout!} />
        ))}
        {rollout ? null : <li class="muted plain">{t.noRollout}</li>}
      </ol>
    </section>
  );
}

function Stage({
  stage,
  next,
  rollout,
}: {
  readonly stage: StageView;
  readonly next: StageView | undefined;
  readonly rollout: StatusRollout;
}) {
  const t = useTexts();
  const isCurrent = stage.state === 'under way';
  return (
    <li
      class={`stage ${stage.state.replace(' ', '-')}`}
      {...(isCurrent ? { 'aria-current': 'step' as const } : {})}
    >
      <span class="mark" aria-hidden="true" />
      <span class="what">{stageText(stage, t)}</span>
      <span class="split muted">
        {stage.split.stable} + {stage.split.canary}
      </span>
      <span class="visually-hidden">{t.stageStates[stage.state]}</span>
      {isCurrent && rollout.wait ? <WaitNote rollout={rollout} /> : null}
      {stage.state === 'done' && stage.startedAt !== undefined ? (
        <span class="took muted">
          {t.took((next?.startedAt ?? rollout.endedAt ?? stage.startedAt) - stage.startedAt)}
        </span>
      ) : null}
    </li>
  );
}

/** What is waited for, with the time that is left. */
function WaitNote({ rollout }: { readonly rollout: StatusRollout }) {
  const t = useTexts();
  const store = useStore();
  if (!rollout.wait) return null;
  return <span class="waits">{t.waitsFor(waitText(rollout.wait, t, store.now()))}</span>;
}

function DriverNote({ driver }: { readonly driver: NonNullable<StatusRollout['driver']> }) {
  const t = useTexts();
  const text = driver.gone ? t.driverGone(driver.holder) : t.driver(driver.holder);
  return (
    <span class={driver.gone ? 'warn' : 'muted'} title={text}>
      {text}
    </span>
  );
}
