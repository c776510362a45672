import type { PodTemplate } from '../objects/pod-template.ts';

/** How long Kubernetes waits for a pod that is told to leave, where nothing is said, in seconds. */
export const DEFAULT_GRACE_S = 30;

/**
 * The template with a preStop hook that waits in each container that has none: endpoints are taken
 * away while a pod is told to leave, and until all know of it, requests still come. The hook is
 * Kubernetes' own `sleep`, which needs nothing in the image. The time that the app itself has to end
 * is no shorter for it where the template grants no more than the wait.
 *
 * @see https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/
 */
export function withDrain(template: PodTemplate, seconds: number): PodTemplate {
  const { spec } = template;
  const lacking = spec.containers.filter(({ lifecycle }) => !lifecycle?.preStop);
  if (seconds <= 0 || lacking.length === 0) return template;
  const grace = spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_S;
  return {
    ...template,
    spec: {
      ...spec,
      ...(grace <= seconds && { terminationGracePeriodSeconds: grace + seconds }),
      containers: spec.containers.map((container) =>
        lacking.includes(container)
          ? { ...container, lifecycle: { ...container.lifecycle, preStop: { sleep: { seconds } } } }
          : container,
      ),
    },
  };
}
