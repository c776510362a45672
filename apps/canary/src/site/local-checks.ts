import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { remoteLocalPlatform, socketPath } from '@canary/local';
import type { Check } from '../doctor-checks.ts';
import { findProgram } from '../demo/find-program.ts';
import type { LocalSiteOptions } from './site.ts';
import { isStateFolder, refuseOthersFolder } from './state-folder.ts';

const OLDEST_NODE = [20, 19] as const;

/** The checks of the embedded platform. */
export function localChecks(
  { state, namespace }: LocalSiteOptions,
  path: string | undefined,
): readonly Check[] {
  return [
    { name: 'node', needed: true, look: () => Promise.resolve(nodeVersion(process.versions.node)) },
    { name: 'state folder', needed: true, look: () => lookAtFolder(state) },
    { name: 'canary up', needed: true, look: () => lookAtHost(state, namespace ?? 'default') },
    { name: 'prometheus', needed: false, look: () => lookForPrometheus(path) },
  ];
}

/** @throws an `Error` where it is too old */
export function nodeVersion(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldest, oldestMinor] = OLDEST_NODE;
  if (major > oldest || (major === oldest && minor >= oldestMinor)) return `v${version}`;
  throw new Error(
    `v${version} is too old: install Node ${OLDEST_NODE.join('.')} or later (https://nodejs.org)`,
  );
}

async function lookAtFolder(state: string): Promise<string> {
  socketPath(state);
  await refuseOthersFolder(state);
  const folder = resolve(state);
  // With the slash of a folder: a file is none.
  await access(`${nearest(folder)}/`, constants.W_OK).catch((cause: unknown) => {
    throw new Error(`${folder} cannot be written: name another with --state`, { cause });
  });
  return (await isStateFolder(state)) ? folder : `${folder}: canary up makes it`;
}

/** The folder itself or the nearest above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) || folder === dirname(folder) ? folder : nearest(dirname(folder));
}

async function lookAtHost(state: string, namespace: string): Promise<string> {
  const platform = remoteLocalPlatform({ stateDirectory: state });
  const { pid, startedAt } = await platform.info();
  const workloads = await platform.list({ namespace, labels: {} });
  const ready = workloads.filter(({ replicas, readyReplicas }) => readyReplicas === replicas);
  const since = new Date(startedAt).toISOString();
  return `process ${pid} since ${since}, ${ready.length} of ${workloads.length} Deployments ready`;
}

async function lookForPrometheus(path: string | undefined): Promise<string> {
  const program = await findProgram('prometheus', path);
  if (program !== undefined) return program;
  throw new Error(
    'there is none on the PATH: install it (https://prometheus.io/download/), or give canary up --prometheus <path>; a release needs none',
  );
}
