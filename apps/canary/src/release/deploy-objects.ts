import {
  GRAFANA,
  GRAFANA_PORT,
  GRAFANA_SECRET,
  GRAFANA_USER,
  renderObjects,
  secretsNeeded,
  type Parameters,
} from '@canary/manifests';
import type { Io } from '../command.ts';
import type { Place } from '../site/with-site.ts';
import { describeWorkload } from '../until.ts';
import { makeSecrets } from './needed-secrets.ts';

const POLL_MS = 500;

/** What is deployed, and how long it is waited for. */
export interface Wanted {
  /** Names of the catalogue. */
  readonly names: readonly string[];
  readonly parameters: Parameters;
  readonly seconds: number;
}

/** Applies objects of the catalogue, with the Secrets that they need, and waits until their Deployments are ready. */
export async function deployObjects(io: Io, place: Place, wanted: Wanted): Promise<void> {
  const { names, parameters, seconds } = wanted;
  const { site } = place;
  const objects = renderObjects(names, parameters);
  const spaces = objects.filter(({ kind }) => kind === 'Namespace');
  const within = objects.filter((object) => !spaces.includes(object));
  await site.platform.apply(spaces);
  const secrets = await makeSecrets(site, secretsNeeded(names));
  await site.platform.apply(within);
  for (const { kind, metadata } of spaces) io.out(`applied ${kind} ${metadata.name}`);
  for (const name of secrets) io.out(`made    Secret ${name}`);
  for (const { kind, metadata } of within) io.out(`applied ${kind} ${metadata.name}`);
  const started = site.clock.now();
  for (const { metadata } of objects.filter(({ kind }) => kind === 'Deployment')) {
    const left = seconds - (site.clock.now() - started) / 1000;
    await ready(place, metadata.name, Math.max(1, left), io.signal);
    io.out(`ready   Deployment ${metadata.name}`);
  }
  if (names.includes(GRAFANA)) for (const line of howToLogIn(site.namespace)) io.out(line);
}

/** Waits until a Deployment's controller has taken in what was applied, and all of its pods are ready. */
async function ready({ site }: Place, name: string, seconds: number, signal: AbortSignal) {
  const ref = { namespace: site.namespace, name };
  const deadline = site.clock.now() + seconds * 1000;
  for (;;) {
    const selector = { namespace: site.namespace, labels: {}, names: [name] };
    const [found] = await site.platform.list(selector);
    const isReady = found !== undefined && found.readyReplicas === found.replicas;
    if (isReady && (await site.isRolledOut(ref))) return;
    signal.throwIfAborted();
    if (site.clock.now() >= deadline) {
      const seen = found ? describeWorkload(found) : 'no such Deployment';
      throw new Error(`waited for Deployment ${name} to be ready and saw ${seen}`);
    }
    await site.clock.sleep(POLL_MS, signal);
  }
}

/** The password itself is told to whoever may read the Secret, and is in no log. */
function howToLogIn(namespace: string): string[] {
  const secret = `kubectl -n ${namespace} get secret ${GRAFANA_SECRET} -o go-template='{{.data.password | base64decode}}'`;
  return [
    '',
    `Grafana: kubectl -n ${namespace} port-forward svc/${GRAFANA} ${GRAFANA_PORT}, then http://localhost:${GRAFANA_PORT}/`,
    `as ${GRAFANA_USER}, with the password that this prints: ${secret}`,
  ];
}
