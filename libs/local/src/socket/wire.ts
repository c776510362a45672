import type { PlatformObject, Selector, Workload, WorkloadRef } from '@canary/rollout';
import type { ImageCommand } from '../image-commands.ts';

/** What a served platform says of the process that holds it. */
export interface HostInfo {
  readonly pid: number;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
}

/** What happened to a Deployment, for whoever looks at the host. */
export interface HostEvent {
  readonly about: WorkloadRef;
  readonly type: 'Normal' | 'Warning';
  /** One word in UpperCamelCase, such as `CanaryPromoted`. */
  readonly reason: string;
  readonly message: string;
}

/** What each path takes, as JSON; a path of its own for every call of the port. */
export interface Asked {
  readonly info: Readonly<Record<string, never>>;
  readonly apply: { readonly objects: readonly PlatformObject[] };
  readonly list: { readonly selector: Selector };
  readonly scale: { readonly ref: WorkloadRef; readonly replicas: number; readonly uid?: string };
  readonly template: {
    readonly ref: WorkloadRef;
    readonly template: unknown;
    readonly uid: string;
  };
  readonly remove: { readonly ref: WorkloadRef; readonly uid?: string };
  readonly event: { readonly event: HostEvent };
  readonly runs: { readonly commands: readonly ImageCommand[] };
  readonly watch: { readonly selector: Selector };
}

/** What each path answers, as JSON; null stands for nothing. `watch` answers with a line for every change. */
export interface Answers {
  readonly info: HostInfo;
  readonly apply: null;
  readonly list: readonly Workload[];
  readonly scale: null;
  readonly template: null;
  readonly remove: null;
  readonly event: null;
  readonly runs: null;
  readonly watch: { readonly workloads: readonly Workload[] } | { readonly error: WireError };
}

/** An error as it travels. */
export interface WireError {
  readonly name: string;
  readonly message: string;
}

/** A call that reaches the host after this time (milliseconds since the Unix epoch) is not carried out. */
export const DEADLINE = 'x-deadline';

export function toWire(error: unknown): WireError {
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}

export function fromWire({ name, message }: WireError): Error {
  return Object.assign(new Error(message), { name });
}
