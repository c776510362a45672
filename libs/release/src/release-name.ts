import { canonical, shortHash } from './objects/canonical.ts';
import { imageOf } from './objects/image.ts';
import { allContainers, labelsOf, type PodTemplate } from './objects/pod-template.ts';

const LABELS = ['app.kubernetes.io/version', 'release'];
const DIGEST_LENGTH = 12;
const HASH_LENGTH = 8;

/**
 * What a release is shown as, beside another one of the same Deployment: the first of these that
 * tells them apart: the pods' label `app.kubernetes.io/version` or `release`, the tag of an image,
 * the beginning of its digest, or else a hash of the template.
 *
 * @example
 * releaseNameOf(stable.spec.template, changed); // '2.0.0'
 * releaseNameOf(changed, stable.spec.template); // '1.0.0'
 */
export function releaseNameOf(before: PodTemplate, after: PodTemplate): string {
  return (
    labelThatDiffers(before, after) ??
    imagePartThatDiffers(before, after, 'tag') ??
    imagePartThatDiffers(before, after, 'digest')?.replace(/^.*:/, '').slice(0, DIGEST_LENGTH) ??
    shortHash(after, HASH_LENGTH)
  );
}

function labelThatDiffers(before: PodTemplate, after: PodTemplate): string | undefined {
  const [old, own] = [labelsOf(before), labelsOf(after)];
  const key = LABELS.find((one) => own[one] && own[one] !== old[one]);
  return key === undefined ? undefined : own[key];
}

function imagePartThatDiffers(
  before: PodTemplate,
  after: PodTemplate,
  part: 'tag' | 'digest',
): string | undefined {
  const partOf = (container: { image?: string } | undefined) =>
    imageOf(container?.image ?? '')?.[part];
  // A release is known by its app; what runs before it comes last.
  return [...after.spec.containers, ...allContainers(after)]
    .map((container) => {
      const old = allContainers(before).find(({ name }) => name === container.name);
      return canonical(old?.image) === canonical(container.image) ||
        partOf(old) === partOf(container)
        ? undefined
        : partOf(container);
    })
    .find((one) => one !== undefined);
}
