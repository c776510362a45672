import { z } from 'zod';
import { CredentialsError } from './credentials-error.ts';
import type { ClusterEntry, Exec } from './entries.ts';
import { complaint } from './read-kubeconfigs.ts';

/** What a credential plugin gave. */
export interface ExecCredential {
  readonly token: string | undefined;
  /** Of the client, in PEM, with its key. */
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  /** Until when it is good, in milliseconds since the Unix epoch. */
  readonly until: number;
}

const API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

const text = z
  .string()
  .nullish()
  .transform((value) => (value ? value.trim() : undefined));
const schema = z.object({
  apiVersion: z.string(),
  kind: z.literal('ExecCredential'),
  status: z.object({
    token: text,
    clientCertificateData: text,
    clientKeyData: text,
    expirationTimestamp: z.iso.datetime({ offset: true }).nullish(),
  }),
});

/**
 * What a plugin is told in `KUBERNETES_EXEC_INFO`.
 *
 * @param ca the cluster's certificate authority in PEM, where it has one
 * @see https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export function execInfo(exec: Exec, cluster: ClusterEntry, ca: Buffer | undefined): string {
  const { server, serverName, insecure, proxyUrl, pluginConfig } = cluster;
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: {
      ...(exec.provideClusterInfo && {
        cluster: {
          server,
          ...(serverName !== undefined && { 'tls-server-name': serverName }),
          ...(insecure && { 'insecure-skip-tls-verify': true }),
          ...(ca && { 'certificate-authority-data': ca.toString('base64') }),
          ...(proxyUrl !== undefined && { 'proxy-url': proxyUrl }),
          ...(pluginConfig !== undefined && { config: pluginConfig }),
        },
      }),
      // The terminal is taken by the release that is shown there.
      interactive: false,
    },
  });
}

/** @throws {@link CredentialsError} where the plugin cannot be run as the entry has it */
export function checkExec({ apiVersion, command, interactiveMode }: Exec): void {
  const named = `its command ${command}`;
  if (apiVersion === undefined || !API_VERSIONS.includes(apiVersion))
    throw new CredentialsError(
      `${named} speaks ${apiVersion ?? 'no apiVersion'}; take one that speaks ${API_VERSIONS.join(' or ')}`,
    );
  const modes = apiVersion === API_VERSIONS[0] ? [] : [undefined];
  if (![...modes, 'Never', 'IfAvailable', 'Always'].includes(interactiveMode))
    throw new CredentialsError(
      `${named} has the interactiveMode "${interactiveMode ?? ''}"; set it to IfAvailable or Never`,
    );
  if (interactiveMode === 'Always')
    throw new CredentialsError(
      `${named} has to ask someone at a terminal (interactiveMode: Always), and nobody can be asked while a release runs; ` +
        'log in with a command that can keep the login, and set interactiveMode to IfAvailable, or use a context with a token (kubectl create token)',
    );
}

/**
 * Reads what a plugin wrote.
 *
 * @throws {@link CredentialsError} which has nothing of `stdout`
 */
export function parseExecCredential(exec: Exec, stdout: string): ExecCredential {
  const wrong = (why: string) =>
    new CredentialsError(
      `its command ${exec.command} did not give an ExecCredential (${why}); run it by hand and see what it writes`,
    );
  const parsed = schema.safeParse(parseJson(stdout));
  if (!parsed.success)
    throw wrong(stdout.trim() === '' ? 'it wrote nothing' : complaint(parsed.error));
  const { apiVersion, status } = parsed.data;
  if (apiVersion !== exec.apiVersion)
    throw wrong(`it speaks another version than ${exec.apiVersion ?? ''}, which it was asked for`);
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = status;
  if ((clientCertificateData === undefined) !== (clientKeyData === undefined))
    throw wrong('only one of clientCertificateData and clientKeyData is in it');
  if (token === undefined && clientKeyData === undefined)
    throw wrong('neither a token nor a certificate is in it');
  return {
    token,
    certificate: clientCertificateData,
    key: clientKeyData,
    until: expirationTimestamp ? Date.parse(expirationTimestamp) : Infinity,
  };
}

/** Undefined where it is none: what the parser says of it quotes it. */
function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
