import { ReleaseError } from '../errors.ts';
import { canonical } from '../objects/canonical.ts';
import { nameOf, type Deployment } from '../objects/deployment.ts';
import { matches, selectorText } from '../objects/selector.ts';
import { labelsOf, type PodTemplate } from '../objects/pod-template.ts';
import type { Finding } from '../preflight/finding.ts';

/** What `kubectl rollout restart` sets: no file has it, and `kubectl apply` leaves it. */
const RESTARTED = 'kubectl.kubernetes.io/restartedAt';

/**
 * The file's pod template, for the Deployment as it is.
 *
 * @throws {@link ReleaseError} where the Deployment could not take it over
 */
export function templateOfFile({ spec, ...of }: Deployment, file: Deployment): PodTemplate {
  const { template } = file.spec;
  if (!matches(spec.selector, labelsOf(template)))
    throw new ReleaseError(
      `the file's pods are not ${nameOf(of)}'s: they lack its selector's ${selectorText(spec.selector)}, which cannot be changed; keep these labels in spec.template.metadata.labels`,
    );
  const restarted = spec.template.metadata?.annotations?.[RESTARTED];
  const { annotations = {} } = template.metadata ?? {};
  if (restarted === undefined || RESTARTED in annotations) return template;
  return {
    ...template,
    metadata: { ...template.metadata, annotations: { ...annotations, [RESTARTED]: restarted } },
  };
}

/** What the file says otherwise than the Deployment, outside of the pod template. */
export function fileFindings(deployment: Deployment, file: Deployment): Finding[] {
  const differing = Object.keys(file.spec).filter(
    (field) => field !== 'template' && !isWithin(deployment.spec[field], file.spec[field]),
  );
  const labels = (['labels', 'annotations'] as const).filter(
    (field) => !isWithin(deployment.metadata[field] ?? {}, file.metadata[field] ?? {}),
  );
  const object = nameOf(deployment);
  const others = [
    ...labels.map((field) => `metadata.${field}`),
    ...differing.filter((field) => field !== 'selector').map((field) => `spec.${field}`),
  ];
  const findings: Finding[] = [];
  if (differing.includes('selector'))
    findings.push({
      rule: 'file-selector',
      severity: 'refuse',
      object,
      message: `the file's selector is ${selectorText(file.spec.selector)}, and the Deployment's is ${selectorText(deployment.spec.selector)}, which Kubernetes lets nobody change`,
      remedy: "put the Deployment's own selector into the file",
    });
  if (others.length > 0)
    findings.push({
      rule: 'file-other-fields',
      severity: 'warn',
      object,
      message: `the file says otherwise in ${others.join(', ')}: a release takes over the pod template alone`,
      remedy: 'apply the file after the release (kubectl apply), or leave these fields as they are',
    });
  return findings;
}

/** Whether what is there says all that is wanted; it may say more, as the API server's defaults do. */
function isWithin(there: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null || Array.isArray(wanted))
    return canonical(there) === canonical(wanted);
  if (typeof there !== 'object' || there === null) return Object.keys(wanted).length === 0;
  return Object.entries(wanted).every(([key, value]) =>
    isWithin((there as Record<string, unknown>)[key], value),
  );
}
