import { ReleaseError } from '../errors.ts';
import { imageOf } from '../objects/image.ts';
import { allContainers, mapContainers, type PodTemplate } from '../objects/pod-template.ts';

/**
 * The template with other images, each given as `container=image`; `*` is every container, and those
 * that run before the others can be named, too.
 *
 * @param owner what an error calls the object
 */
export function withImages(
  template: PodTemplate,
  images: readonly string[],
  owner: string,
): PodTemplate {
  return images.reduce((before, text) => withImage(before, text, owner), template);
}

function withImage(template: PodTemplate, text: string, owner: string): PodTemplate {
  const { name, image } = parse(template, text, owner);
  const names = allContainers(template).map((container) => container.name);
  if (name !== '*' && !names.includes(name))
    throw new ReleaseError(
      `cannot set "${text}": ${owner} has no container "${name}"; it has ${names.join(', ')}`,
    );
  return mapContainers(template, (container) =>
    name === '*' || container.name === name ? { ...container, image } : container,
  );
}

function parse(template: PodTemplate, text: string, owner: string) {
  const equals = text.indexOf('=');
  if (equals <= 0) {
    const [first] = template.spec.containers;
    const example = `${first?.name ?? 'container'}=${text.slice(equals + 1) || 'image'}`;
    throw new ReleaseError(
      `cannot set "${text}": it names no container of ${owner}; write container=image, such as ${example}`,
    );
  }
  const image = text.slice(equals + 1);
  if (!imageOf(image))
    throw new ReleaseError(
      `cannot set "${text}": "${image}" is no image; write it as registry.example/shop:2.0.0 or shop@sha256:…`,
    );
  return { name: text.slice(0, equals), image };
}
