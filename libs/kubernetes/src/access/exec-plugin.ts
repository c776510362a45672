import type { Clock } from '@canary/rollout';
import { execa } from 'execa';
import { CredentialsError } from './credentials-error.ts';
import type { ClusterEntry, Exec } from './entries.ts';
import {
  checkExec,
  execInfo,
  parseExecCredential,
  type ExecCredential,
} from './exec-credential.ts';
import { newSecrets, printable } from './secrets.ts';

/** A program that gives credentials, run when they are needed. */
export interface ExecPlugin {
  /** What it gave, while that is good. */
  readonly credential: () => Promise<ExecCredential>;
  /** The next call runs it again, unless that was done since. */
  readonly forget: (credential: ExecCredential) => void;
}

/** What a plugin is run for. */
export interface ExecPluginOptions {
  readonly exec: Exec;
  readonly cluster: ClusterEntry;
  /** The cluster's certificate authority in PEM, as it is now. */
  readonly ca: () => Buffer | undefined;
  readonly clock: Pick<Clock, 'now'>;
  /** Milliseconds that it may take, 30,000 without. */
  readonly longest?: number;
}

/** So long a plugin may take; one that waits for a person is told apart from one that works by this alone. */
const LONGEST_MILLISECONDS = 30_000;
const MOST_CHARACTERS = 1_000_000;
const MOST_STDERR = 1000;

/**
 * Runs a credential plugin as kubectl does, but never with the terminal. It runs once for however
 * many ask at the same time, again when what it gave has expired, and without an end given to it,
 * when the server no longer takes it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 */
export function execPlugin(options: ExecPluginOptions): ExecPlugin {
  const { exec, clock } = options;
  let running: Promise<ExecCredential> | undefined;
  let had: ExecCredential | undefined;

  const start = () => {
    running = run(options)
      .then((credential) => (had = credential))
      .finally(() => (running = undefined));
    return running;
  };

  return {
    credential: async () => {
      checkExec(exec);
      if (running) return running;
      return had && clock.now() < had.until ? had : start();
    },
    forget: (credential) => {
      if (had === credential) had = undefined;
    },
  };
}

async function run(options: ExecPluginOptions): Promise<ExecCredential> {
  const { exec, cluster, ca, longest = LONGEST_MILLISECONDS } = options;
  const { command, args, env, installHint } = exec;
  const child = execa(command, args, {
    env: {
      ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
      KUBERNETES_EXEC_INFO: execInfo(exec, cluster, ca()),
    },
    stdin: 'ignore',
    timeout: longest,
    maxBuffer: MOST_CHARACTERS,
    reject: false,
  });
  child.once('exit', (_, signal) => {
    // What a script had started may live on, and would be waited for.
    if (signal !== null) for (const stream of [child.stdout, child.stderr]) stream.destroy();
  });
  const ended = await child;
  if (!ended.failed) return parseExecCredential(exec, ended.stdout);

  const stderr = printable(secretsOf(exec).hide(ended.stderr), MOST_STDERR);
  const said = stderr === '' ? 'it said nothing' : `it said: ${stderr}`;
  const hint = installHint === undefined ? '' : printable(installHint, MOST_STDERR);
  if (ended.code === 'ENOENT' || ended.code === 'EACCES')
    throw new CredentialsError(
      `its command ${command} ${ended.code === 'ENOENT' ? 'is not there' : 'may not be run'}; ${hint || 'install it, and see that it is in PATH'}`,
    );
  if (ended.timedOut)
    throw new CredentialsError(
      `its command ${command} did not end within ${longest / 1000} s (${said}); log in with it, as kubectl get namespaces does, and try again`,
    );
  const how =
    ended.signal === undefined
      ? `failed with exit code ${String(ended.exitCode)}`
      : `was ended by ${ended.signal}`;
  throw new CredentialsError(
    `its command ${command} ${how} (${said}); log in again with what it belongs to`,
  );
}

const SECRET_NAME = /secret|token|passw|api_?key|access_?key/i;

/** What the entry hands to the plugin that looks like a secret; plugins quote it when they complain. */
function secretsOf({ env, args }: Exec) {
  const secrets = newSecrets();
  for (const { name, value } of env) if (SECRET_NAME.test(name)) secrets.add(value);
  for (const [index, arg] of args.entries()) {
    const [name = '', ...value] = arg.split('=');
    if (!SECRET_NAME.test(name)) continue;
    secrets.add(value.length > 0 ? value.join('=') : args[index + 1]);
  }
  return secrets;
}
