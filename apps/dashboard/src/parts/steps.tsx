import type { StatusRollout, StepView } from '@canary/api/client';
import { usePage, useStore } from '../state/use-page.ts';
import { useTexts } from '../text/language.ts';
import { stepText, waitText } from '../text/sentences.ts';

/** The steps of the plan: done, under way with what it waits for, to come. */
export function StepsPanel() {
  const t = useTexts();
  const rollout = usePage().view?.status.rollout;
  return (
    <section class="panel steps" aria-labelledby="steps-title">
      <header>
        <h2 id="steps-title">{t.panels.steps}</h2>
        {rollout?.driver ? <DriverNote driver={rollout.driver} /> : null}
      </header>
      <ol tabindex={0} aria-labelledby="steps-title">
        {(rollout?.plan ?? []).map((step, index) => (
          <Step key={index} step={step} next={rollout?.plan[index + 1]} rollout={rollout!} />
        ))}
        {rollout ? null : <li class="muted plain">{t.noRollout}</li>}
      </ol>
    </section>
  );
}

function Step({
  step,
  next,
  rollout,
}: {
  readonly step: StepView;
  readonly next: StepView | undefined;
  readonly rollout: StatusRollout;
}) {
  const t = useTexts();
  const isCurrent = step.state === 'under way';
  return (
    <li
      class={`step ${step.state.replace(' ', '-')}`}
      {...(isCurrent ? { 'aria-current': 'step' as const } : {})}
    >
      <span class="mark" aria-hidden="true" />
      <span class="what">{stepText(step, t)}</span>
      <span class="split muted">
        {step.split.stable} + {step.split.canary}
      </span>
      <span class="visually-hidden">{t.stepStates[step.state]}</span>
      {isCurrent && rollout.wait ? <WaitNote rollout={rollout} /> : null}
      {step.state === 'done' && step.startedAt !== undefined ? (
        <span class="took muted">
          {t.took((next?.startedAt ?? rollout.endedAt ?? step.startedAt) - step.startedAt)}
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
