import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runTool } from '@canary/kind';
import {
  APP_PORT,
  deploymentName,
  parseParameters,
  renderObjects,
  toYaml,
} from '@canary/manifests';

/**
 * How long it takes from `canary start` to the first request that the canary answers, beside what
 * `kubectl scale` of the same Deployment takes: in turns, on the cluster of a kubeconfig, whose
 * nodes have the image of myapp. The limit that we set ourselves is 500 ms between the medians.
 *
 * The driver's part ends when the canary's pod exists; what follows is Kubernetes' own, and takes
 * the one or the other second with the phase of a probe. So both moments are told, and the driver is
 * measured by the first.
 */
const ROUNDS = 10;
const NAMESPACE = 'canary-bench';
const VERSION = '2.0.0';
const NODE_PORT = 30_055;
/** From one request to the next. */
const PACE_MS = 10;

const kubeconfig = process.env['CANARY_TEST_KUBECONFIG'];
if (kubeconfig === undefined) {
  process.stderr.write(
    'CANARY_TEST_KUBECONFIG is not set: name the kubeconfig of a kind cluster\n',
  );
  process.exit(1);
}
const where = ['--kubeconfig', kubeconfig, '--namespace', NAMESPACE];
const kubectl = (args: readonly string[], input?: string) =>
  runTool('kubectl', [...where, ...args], input === undefined ? {} : { input });
const program = fileURLToPath(new URL('../../../apps/canary/bin/canary.js', import.meta.url));
const canary = deploymentName(VERSION);

const rendered = (names: readonly string[], replicas: number) =>
  renderObjects(
    names,
    parseParameters({ namespace: NAMESPACE, replicas, env: { LATENCY_MS: '0' } }),
  );

interface Round {
  readonly podMs: number;
  readonly answerMs: number;
}

let watch: ReturnType<typeof watchPods> | undefined;
let podAdded = (): void => undefined;
try {
  await prepare();
  watch = watchPods();
  const url = `http://${await nodeAddress()}:${NODE_PORT}/`;
  const times: Record<string, Round[]> = { 'kubectl scale': [], 'canary start': [] };
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [how, seen] of Object.entries(times)) {
      const took = await (how === 'canary start' ? byCanary(url) : byKubectl(url));
      if (round > 0) seen.push(took);
      tell(`${round === 0 ? 'warm-up' : `round ${round}`}: ${how}`, took);
    }
  }
  const medians = Object.values(times).map((seen) => ({
    podMs: median(seen.map(({ podMs }) => podMs)),
    answerMs: median(seen.map(({ answerMs }) => answerMs)),
  }));
  Object.keys(times).forEach((how, index) => {
    tell(`median of ${how}`, medians[index]!);
  });
  const added = medians[1]!.podMs - medians[0]!.podMs;
  process.stdout.write(`the driver adds ${added.toFixed(0)} ms (wanted: under 500)\n`);
} finally {
  watch?.kill();
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait=false']);
}

async function prepare(): Promise<void> {
  await kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait']);
  const nodePort = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'from-outside', namespace: NAMESPACE },
    spec: {
      type: 'NodePort',
      selector: { appname: 'myapp' },
      ports: [{ port: APP_PORT, targetPort: APP_PORT, nodePort: NODE_PORT }],
    },
  };
  await kubectl(['apply', '-f', '-'], toYaml([...rendered(['v1'], 4), nodePort]));
  await kubectl(['rollout', 'status', 'deploy', '--timeout=120s']);
}

async function nodeAddress(): Promise<string> {
  const path = 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}';
  return kubectl(['get', 'nodes', '-o', path]);
}

function tell(what: string, { podMs, answerMs }: Round): void {
  process.stdout.write(
    `${what}: pod after ${podMs.toFixed(0)} ms, answer after ${answerMs.toFixed(0)} ms\n`,
  );
}

/** A Deployment that is there with no replica, and is scaled to one. */
async function byKubectl(url: string): Promise<Round> {
  await kubectl(['apply', '-f', '-'], toYaml(rendered(['v2'], 0)));
  await after(1000);
  const first = firstAnswer(url);
  const scaled = kubectl(['scale', 'deploy', canary, '--replicas=1']);
  const took = await first;
  await scaled;
  await kubectl(['delete', 'deploy', canary]);
  await gone();
  return took;
}

async function byCanary(url: string): Promise<Round> {
  const first = firstAnswer(url);
  const args = ['start', '--to', VERSION, '--env', 'LATENCY_MS=0', '--observe', '1h', ...where];
  const driver = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const took = await first;
  driver.kill('SIGINT');
  await new Promise((resolve) => driver.once('exit', resolve));
  const aborted = spawn(process.execPath, [program, 'abort', ...where], { stdio: 'ignore' });
  await new Promise((resolve) => aborted.once('exit', resolve));
  await gone();
  return took;
}

/** Milliseconds from now to the canary's pod, and to the first request that it answers. */
async function firstAnswer(url: string): Promise<Round> {
  const startedAt = performance.now();
  const deadline = AbortSignal.timeout(60_000);
  await new Promise<void>((resolve, reject) => {
    podAdded = resolve;
    deadline.onabort = () => {
      reject(new Error('no pod of the canary within a minute'));
    };
  });
  const podMs = performance.now() - startedAt;
  // Nothing is asked before: requests would take the driver's part of the cores.
  while (!deadline.aborted) {
    if ((await versionAt(url)).endsWith(VERSION))
      return { podMs, answerMs: performance.now() - startedAt };
    await after(PACE_MS);
  }
  throw new Error(`no request was answered by ${VERSION} within a minute`);
}

/** Says {@link podAdded} for every new pod of the canary. */
function watchPods() {
  const events = ['--watch', '--output-watch-events', '--no-headers'];
  const args = ['get', 'pods', '-l', `release=${VERSION}`, ...events, ...where];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  createInterface(child.stdout).on('line', (line) => {
    if (line.startsWith('ADDED')) podAdded();
  });
  return child;
}

/** What answers on a connection of its own. */
function versionAt(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, headers: { accept: 'application/json' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => {
        resolve((JSON.parse(text) as { readonly version: string }).version);
      });
    }).on('error', reject);
  });
}

/** The canary's pods take no part any more, and no time of the next round. */
async function gone(): Promise<void> {
  await kubectl(['wait', '--for=delete', 'pods', '-l', `release=${VERSION}`, '--timeout=120s']);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
