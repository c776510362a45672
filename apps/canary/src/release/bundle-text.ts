import type { PlatformObject } from '@canary/rollout';
import { findingLine } from './findings-text.ts';
import type { Looked } from './look-at-bundle.ts';

/** How an object is called beside others, most of which are in one namespace. */
export function nameIn(namespace: string, { kind, metadata }: PlatformObject): string {
  const other = metadata.namespace ?? namespace;
  return `${kind} ${other === namespace ? '' : `${other}/`}${metadata.name}`;
}

/** What of a bundle is not applied, and why. */
export function leftOutLines({ hooks, unknown }: Looked): string[] {
  return [
    ...hooks.map(
      ({ kind, metadata }) =>
        `left out ${kind} ${metadata.name}: it is a hook (${metadata.annotations?.['helm.sh/hook'] ?? ''}), which helm runs`,
    ),
    ...unknown.map(
      ({ kind, metadata }) =>
        `left out ${kind} ${metadata.name}: this platform does not run the kind ${kind}`,
    ),
  ];
}

/** Which Deployments of a bundle stay as they are. */
export function unchangedLines({ entries }: Looked): string[] {
  return entries
    .filter(({ state }) => state === 'same')
    .flatMap(({ name, findings }) => [
      `unchanged Deployment ${name}: its pods are as the file says`,
      ...findings.map(findingLine),
    ]);
}
