import type { PlatformObject } from '@canary/rollout';
import { ReleaseError } from '../errors.ts';
import { nameOf, readDeployment, type Deployment } from '../objects/deployment.ts';
import type { PodTemplate } from '../objects/pod-template.ts';
import type { Finding } from '../preflight/finding.ts';
import { withEnv } from './env.ts';
import { fileFindings, templateOfFile } from './file.ts';
import { withImages } from './images.ts';
import { isSameTemplate } from './same-template.ts';

/** What a release changes. A file's object comes first, then the images, then the variables. */
export interface Change {
  /** `container=image` each, or `*=image`, as of `kubectl set image`. */
  readonly images?: readonly string[];
  /** `KEY=value`, `KEY-`, or for one container `container:KEY=value`, as of `kubectl set env`. */
  readonly env?: readonly string[];
  /** A Deployment of the same name with another pod template. */
  readonly file?: PlatformObject;
}

/** A Deployment's new pod template, and what of the change is not in it. */
export interface Changed {
  readonly template: PodTemplate;
  readonly findings: readonly Finding[];
}

/** What a change comes to, which may be nothing. */
export interface Compared extends Changed {
  /** The pods stay as they are. */
  readonly isSame: boolean;
}

/**
 * The pod template that a Deployment has after the change; the object itself stays as it is.
 *
 * @throws {@link ReleaseError} for an unknown container, for what is no image or no variable, for
 * a file of another object, and where nothing changes
 *
 * @example
 * changed(deployment, { images: ['shop=registry.example/shop:2.0.0'] }).template
 */
export function changed(object: PlatformObject, change: Change): Changed {
  const { isSame, ...comesTo } = compared(object, change);
  if (isSame) throw unchanged(nameOf(object), change);
  return comesTo;
}

/**
 * As {@link changed}, where it is no error that nothing changes.
 *
 * @throws {@link ReleaseError} for what cannot be a change of this Deployment
 */
export function compared(object: PlatformObject, change: Change): Compared {
  const deployment = readDeployment(object);
  const { images = [], env = [] } = change;
  const file = change.file && readDeployment(sameObject(deployment, change.file));
  const start = file ? templateOfFile(deployment, file) : deployment.spec.template;
  const name = nameOf(deployment);
  const template = withEnv(withImages(start, images, name), env, name);
  const isSame = isSameTemplate(deployment.spec.template, template);
  return { isSame, template, findings: file ? fileFindings(deployment, file) : [] };
}

function sameObject(deployment: Deployment, file: PlatformObject): PlatformObject {
  const { kind, metadata } = deployment;
  const own = `Deployment ${metadata.namespace ?? ''}/${metadata.name}`.replace(' /', ' ');
  if (file.kind !== kind || file.metadata.name !== metadata.name)
    throw new ReleaseError(
      `the file has ${nameOf(file)}, and ${own} is to be released: give a file with that one`,
    );
  const { namespace = metadata.namespace } = file.metadata;
  if (namespace !== metadata.namespace)
    throw new ReleaseError(
      `the file has ${nameOf(file)} of namespace "${String(namespace)}", and ${own} is to be released: choose the namespace with -n, or correct the file`,
    );
  return file;
}

function unchanged(name: string, { images = [], env = [], file }: Change): ReleaseError {
  const said = [...images, ...env, ...(file ? ['the file'] : [])];
  const what =
    said.length === 0 ? 'no change was given' : `it already is as ${said.join(', ')} says`;
  return new ReleaseError(
    `nothing of ${name}'s pods would change: ${what}; name another image (--image container=image), a variable (--env KEY=value) or a file with another pod template (-f)`,
  );
}
