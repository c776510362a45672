import { isTemplated } from '../model/fields.ts';
import { imageOf } from '../model/image.ts';
import type { Rule } from '../rule.ts';

/** Images that are another tomorrow. */
export const imageTag: Rule = {
  id: 'image-tag',
  severity: 'warning',
  summary: 'an image with the tag `latest`, or with none',
  why: 'It is another image whenever someone pushes one: pods of one release run different code, nobody can tell what the canary was compared with, and going back gets the new image again.',
  fix: 'Name a tag that is never moved, or a digest.',
  check: ({ workloads }) =>
    workloads.flatMap(({ manifest, containers }) =>
      containers.flatMap(({ name, image, path }) => {
        if (image === undefined || image === '' || isTemplated(image)) return [];
        const { tag, digest } = imageOf(image);
        if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return [];
        const what = tag === undefined ? 'no tag' : 'the tag latest';
        const message = `image ${JSON.stringify(image)} of container ${name} has ${what}`;
        return { manifest, path: [...path, 'image'], message };
      }),
    ),
};
