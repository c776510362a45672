import { z } from 'zod';

/** Bytes that a kubeconfig names a file for, or has in it, base64 encoded; what is in it wins. */
export interface FileOrData {
  readonly file: string | undefined;
  readonly data: string | undefined;
}

/** A cluster as a kubeconfig has it; paths are absolute. */
export interface ClusterEntry {
  readonly name: string;
  /** The API server's URL, without a slash at its end. */
  readonly server: string;
  readonly ca: FileOrData;
  /** Its certificate is not looked at. */
  readonly insecure: boolean;
  /** The name that its certificate is for, where it is not the URL's. */
  readonly serverName: string | undefined;
  readonly proxyUrl: string | undefined;
  /** Handed to credential plugins that ask for it. */
  readonly pluginConfig: unknown;
}

/** A user as a kubeconfig has it; paths are absolute. */
export interface UserEntry {
  readonly name: string;
  readonly token: string | undefined;
  readonly tokenFile: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly certificate: FileOrData;
  readonly key: FileOrData;
  readonly impersonated: Impersonated;
  readonly exec: Exec | undefined;
  /** A provider that is built into clients, such as `oidc`. */
  readonly authProvider: AuthProvider | undefined;
}

/** As whom a request is to be done, by a user who may `impersonate`. */
export interface Impersonated {
  readonly user: string | undefined;
  readonly uid: string | undefined;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** A credential plugin. */
export type Exec = z.output<typeof execSchema>;
export type AuthProvider = z.output<typeof providerSchema>;

// As kubectl has it, a number or a boolean in the place of a text is its text, and empty is not given.
const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullish()
  .transform((value) => (value === undefined || value === null ? undefined : String(value)))
  .transform((value) => (value === '' ? undefined : value));
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true);
const texts = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);

export const execSchema = z.object({
  apiVersion: text,
  command: z.string().min(1),
  args: texts,
  env: z
    .array(z.object({ name: z.string(), value: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
  installHint: text,
  provideClusterInfo: flag,
  interactiveMode: text,
});

const providerSchema = z.object({
  name: z.string(),
  config: z.record(z.string(), z.string()).nullish(),
});

export const clusterSchema = z.object({
  server: z.string(),
  'certificate-authority': text,
  'certificate-authority-data': text,
  'insecure-skip-tls-verify': flag,
  'tls-server-name': text,
  'proxy-url': text,
  extensions: z.array(z.object({ name: z.string(), extension: z.unknown() })).nullish(),
});

export const userSchema = z.object({
  token: text,
  tokenFile: text,
  username: text,
  password: text,
  'client-certificate': text,
  'client-certificate-data': text,
  'client-key': text,
  'client-key-data': text,
  as: text,
  'as-uid': text,
  'as-groups': texts,
  'as-user-extra': z
    .record(z.string(), z.array(z.string()))
    .nullish()
    .transform((extra) => extra ?? {}),
  exec: execSchema.nullish(),
  'auth-provider': providerSchema.nullish(),
});

export const contextSchema = z.object({ cluster: text, user: text, namespace: text });
