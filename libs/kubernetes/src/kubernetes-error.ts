import { CredentialsError } from './access/credentials-error.ts';

/** Why the cluster did not do what was asked. */
export type KubernetesFailure =
  /** No usable kubeconfig, context or credential plugin. */
  | 'kubeconfig'
  /** Nothing answers at the API server's address. */
  | 'unreachable'
  /** What answers there cannot prove that it is the cluster. */
  | 'untrusted'
  /** It does not know who asks. */
  | 'unauthorized'
  /** It knows who asks, and that they may not. */
  | 'forbidden'
  | 'not-found'
  /** Someone else changed or made it meanwhile. */
  | 'conflict'
  /** The object is not allowed: its schema, a quota, an admission rule. */
  | 'rejected'
  /** The version asked for is no longer kept. */
  | 'gone'
  /** Overloaded, starting or broken; the same call may succeed later. */
  | 'unavailable';

/** The cluster did not do what was asked; the message names the object, why, and what helps. */
export class KubernetesError extends Error {
  override readonly name = 'KubernetesError';
  readonly failure: KubernetesFailure;

  constructor(failure: KubernetesFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}

/** What the API server says of a request that failed, as far as it is used here. */
export interface Status {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly reason?: string }[] };
}

const remedies: Readonly<Record<KubernetesFailure, string>> = {
  kubeconfig: 'see kubectl config view',
  unreachable:
    'start the cluster, or name the context of one that runs (kubectl config get-contexts)',
  untrusted: 'take a fresh kubeconfig from the cluster: its certificate authority is another one',
  unauthorized:
    'log in again, or take a fresh kubeconfig: the credentials have expired or are of another cluster',
  forbidden: 'have a role with it bound to that user',
  'not-found': 'apply it first, and see that its namespace exists',
  conflict: 'read it again and decide anew',
  rejected: 'change the object accordingly',
  gone: 'list again',
  unavailable: 'try again',
};

/**
 * The error for an answer that is no success.
 *
 * @param text its body, without anything secret
 * @param wait the milliseconds after which the server wants to be asked again, where it says
 */
export function errorOfAnswer(
  asked: string,
  code: number,
  text: string,
  wait?: number,
): KubernetesError {
  const status = parseStatus(text);
  const failure = failureOf(code, status);
  const said = status.message ?? (text.trim().slice(0, 300) || `HTTP status ${code}`);
  const [why, itself] = explain(failure, said, status);
  const remedy =
    wait === undefined
      ? itself
      : `it asks to be left alone for ${Math.ceil(wait / 1000)} s; try again after that`;
  return new KubernetesError(failure, `cannot ${asked}: ${why}; ${remedy}`, {
    cause: new Error(`HTTP ${code}: ${said}`),
  });
}

/** A request that got no answer from the server. */
export interface NoAnswer {
  readonly asked: string;
  readonly server: string;
  readonly cause: unknown;
  /** Between here and the server, and what names it. */
  readonly proxy?: { readonly url: string; readonly from: string } | undefined;
  /** Takes secrets out of what the cause says. */
  readonly hide?: (text: string) => string;
}

/** The error for a request that got no answer from the server. */
export function errorOfConnection(to: NoAnswer): KubernetesError {
  const { asked, server, cause, proxy, hide = (text: string) => text } = to;
  const { code, message } = innermost(cause);
  const untrusted = code !== undefined && /CERT|SIGNATURE|TLS|SSL/.test(code);
  const failure = untrusted ? 'untrusted' : 'unreachable';
  const what = untrusted
    ? 'cannot prove that it is the cluster'
    : cause instanceof SyntaxError
      ? 'answers no JSON, as something else that is there would'
      : proxy
        ? `is not reached through the proxy ${proxy.url}, which ${proxy.from} names`
        : 'does not answer';
  const why = `the API server at ${server} ${what} (${hide(message)})`;
  const through = proxy && !untrusted ? remedyOfProxy(message, server) : undefined;
  return new KubernetesError(
    failure,
    `cannot ${asked}: ${why}; ${through ?? remedies[failure]}`,
    // An answer may quote what it was asked with.
    cause instanceof SyntaxError ? {} : { cause },
  );
}

function remedyOfProxy(message: string, server: string): string {
  const code = /Proxy response \((\d+)\)|Authentication Required \((\d+)\)/.exec(message);
  const { hostname } = new URL(server);
  if ((code?.[1] ?? code?.[2]) === '407')
    return 'it wants a login: put user and password into its URL, http://user:password@host:port';
  return `see that the proxy runs and lets you through to ${hostname}, or put ${hostname} into NO_PROXY where no proxy is needed`;
}

/** The error for credentials that could not be had, such as from an exec plugin. */
export function errorOfCredentials(asked: string, user: string, cause: unknown): KubernetesError {
  const ours = cause instanceof CredentialsError;
  const why = `the credentials of user "${user}" cannot be had`;
  return new KubernetesError(
    'kubeconfig',
    ours
      ? `cannot ${asked}: ${why}: ${cause.message}`
      : `cannot ${asked}: ${why} (${innermost(cause).message}); ${remedies.kubeconfig}`,
    { cause },
  );
}

function failureOf(code: number, status: Status): KubernetesFailure {
  if (code === 401) return 'unauthorized';
  if (code === 403) return rbac(status.message) ? 'forbidden' : 'rejected';
  if (code === 404) return 'not-found';
  if (code === 409) return 'conflict';
  if (code === 410) return 'gone';
  if (code === 429 || code >= 500) return 'unavailable';
  return 'rejected';
}

function explain(failure: KubernetesFailure, said: string, status: Status): [string, string] {
  const denied = rbac(said);
  if (failure === 'forbidden' && denied)
    return [
      `the user "${denied.user}" may not ${denied.verb} ${denied.resource}${denied.where}`,
      `have a role bound to that user that allows the verb ${denied.verb} on ${denied.resource}${denied.where}`,
    ];
  if (failure === 'unauthorized')
    return ['the API server does not accept the credentials', remedies.unauthorized];
  if (status.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating'))
    return [said, 'wait until the namespace is gone, create it and try again'];
  if (said.includes('exceeded quota'))
    return [said, 'ask for less, or have the quota raised (kubectl describe resourcequota)'];
  if (said.includes('field is immutable'))
    return [said, 'delete the object first, or give the new one another name'];
  return [said, remedies[failure]];
}

const RBAC =
  /User "(?<user>[^"]*)" cannot (?<verb>\S+) (?:resource "(?<resource>[^"]+)" in API group "(?<group>[^"]*)"(?: in the namespace "(?<namespace>[^"]*)")?|path "(?<path>[^"]*)")/;

/** What the role-based access control's own sentence says, in parts. */
function rbac(message = '') {
  const found = RBAC.exec(message)?.groups;
  if (!found) return undefined;
  const { user = '', verb = '', resource, group, namespace, path = '' } = found;
  if (resource === undefined) return { user, verb, resource: `the path ${path}`, where: '' };
  const [name = '', ...sub] = resource.split('/');
  const full = [group ? `${name}.${group}` : name, ...sub].join('/');
  return { user, verb, resource: full, where: namespace ? ` in namespace ${namespace}` : '' };
}

function parseStatus(text: string): Status {
  try {
    const status: unknown = JSON.parse(text);
    return typeof status === 'object' && status !== null ? status : {};
  } catch {
    return {};
  }
}

/** The cause at the bottom says what happened; those above it only that something did. */
function innermost(error: unknown): { code: string | undefined; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  if (error instanceof Error && error.cause !== undefined) return innermost(error.cause);
  if (!(error instanceof Error)) return { code: undefined, message: String(error) };
  const { code } = error as { code?: unknown };
  return { code: typeof code === 'string' ? code : undefined, message: error.message.trim() };
}
