/** The platform, the store, the lease and the events of a rollout, on a real Kubernetes cluster. */
export { systemClock } from '../clock.ts';
export { kubernetesPlatform } from './kubernetes-platform.ts';
export type { KubernetesPlatform } from './kubernetes-platform.ts';
export type { KubeconfigOptions } from './kubeconfig.ts';
export type { Cluster, ClusterOptions } from './cluster.ts';
export { configMapStore } from './config-map-store.ts';
export type { ConfigMapStore, ConfigMapStoreOptions } from './config-map-store.ts';
export { leaseLock } from './lease.ts';
export type { LeaseOptions } from './lease.ts';
export { recordEvent } from './record-event.ts';
export type { EventOptions } from './record-event.ts';
export { createSecret } from './create-secret.ts';
export type { SecretOptions } from './create-secret.ts';
export { troubleOfJob } from './trouble-of-job.ts';
export { podsProxy } from './pods-proxy.ts';
export type { PodsProxy } from './pods-proxy.ts';
export { KubernetesError } from './kubernetes-error.ts';
export type { KubernetesFailure } from './kubernetes-error.ts';
