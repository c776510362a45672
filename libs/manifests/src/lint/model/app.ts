import { imageOf } from './image.ts';
import type { Workload } from './workload.ts';

/** Labels by which people say which app a pod is of. */
const IDENTITY = ['app.kubernetes.io/name', 'k8s-app', 'app', 'appname', 'name'];
/** What the releases of one app append to its name. */
const VARIANT = /[-_.](canary|stable|primary|baseline|preview|active|blue|green|v?\d[\w.-]*)$/;

/** Whether both say of themselves, by a label that both have, that they are different apps. */
export function areNamedApart(a: Workload, b: Workload): boolean {
  const common = IDENTITY.filter((key) => key in a.labels && key in b.labels);
  const differ = common.filter((key) => appName(a.labels[key]!) !== appName(b.labels[key]!));
  // The standard label has the last word: tools that set it mean it.
  const [first] = common;
  return (
    first !== undefined && (first === IDENTITY[0] ? differ.includes(first) : differ.length > 0)
  );
}

/** Whether they share no image, whatever the version of it. */
export function haveOtherImages(a: Workload, b: Workload): boolean {
  const images = imagesOf(a);
  return images.length > 0 && !imagesOf(b).some((image) => images.includes(image));
}

/** The names of the images that the pods run, without registry and version. */
export function imagesOf({ containers }: Workload): string[] {
  return containers
    .filter(({ isInit, image }) => !isInit && image !== undefined)
    .map(({ image }) => appName(imageOf(image!).repository.replace(/^.*\//, '')));
}

function appName(value: string): string {
  const name = value.replace(VARIANT, '');
  return name === value ? value : appName(name);
}
