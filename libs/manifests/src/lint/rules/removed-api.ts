import type { Rule } from '../rule.ts';

/** What came instead, and the minor version of Kubernetes 1 that took the old one away. */
type Gone = readonly [instead: string, in1: number];

/** By apiVersion, up to Kubernetes 1.36 (the guide has none after 1.32); `*` stands for every other kind of it. @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const gone: Readonly<Record<string, Readonly<Record<string, Gone>>>> = {
  'extensions/v1beta1': {
    Deployment: ['apps/v1', 16],
    DaemonSet: ['apps/v1', 16],
    ReplicaSet: ['apps/v1', 16],
    NetworkPolicy: ['networking.k8s.io/v1', 16],
    PodSecurityPolicy: ['pod security admission', 16],
    Ingress: ['networking.k8s.io/v1', 22],
  },
  'apps/v1beta1': { '*': ['apps/v1', 16] },
  'apps/v1beta2': { '*': ['apps/v1', 16] },
  'networking.k8s.io/v1beta1': {
    Ingress: ['networking.k8s.io/v1', 22],
    IngressClass: ['networking.k8s.io/v1', 22],
  },
  'apiextensions.k8s.io/v1beta1': { '*': ['apiextensions.k8s.io/v1', 22] },
  'admissionregistration.k8s.io/v1beta1': {
    MutatingWebhookConfiguration: ['admissionregistration.k8s.io/v1', 22],
    ValidatingWebhookConfiguration: ['admissionregistration.k8s.io/v1', 22],
  },
  'apiregistration.k8s.io/v1beta1': { '*': ['apiregistration.k8s.io/v1', 22] },
  'certificates.k8s.io/v1beta1': { CertificateSigningRequest: ['certificates.k8s.io/v1', 22] },
  'coordination.k8s.io/v1beta1': { Lease: ['coordination.k8s.io/v1', 22] },
  'rbac.authorization.k8s.io/v1beta1': { '*': ['rbac.authorization.k8s.io/v1', 22] },
  'scheduling.k8s.io/v1beta1': { '*': ['scheduling.k8s.io/v1', 22] },
  'storage.k8s.io/v1beta1': {
    CSIDriver: ['storage.k8s.io/v1', 22],
    CSINode: ['storage.k8s.io/v1', 22],
    StorageClass: ['storage.k8s.io/v1', 22],
    VolumeAttachment: ['storage.k8s.io/v1', 22],
    CSIStorageCapacity: ['storage.k8s.io/v1', 27],
  },
  'batch/v1beta1': { CronJob: ['batch/v1', 25] },
  'discovery.k8s.io/v1beta1': { EndpointSlice: ['discovery.k8s.io/v1', 25] },
  'events.k8s.io/v1beta1': { Event: ['events.k8s.io/v1', 25] },
  'policy/v1beta1': {
    PodDisruptionBudget: ['policy/v1', 25],
    PodSecurityPolicy: ['pod security admission', 25],
  },
  'node.k8s.io/v1beta1': { RuntimeClass: ['node.k8s.io/v1', 25] },
  'autoscaling/v2beta1': { '*': ['autoscaling/v2', 25] },
  'autoscaling/v2beta2': { '*': ['autoscaling/v2', 26] },
  'flowcontrol.apiserver.k8s.io/v1beta1': { '*': ['flowcontrol.apiserver.k8s.io/v1', 26] },
  'flowcontrol.apiserver.k8s.io/v1beta2': { '*': ['flowcontrol.apiserver.k8s.io/v1', 29] },
  'flowcontrol.apiserver.k8s.io/v1beta3': { '*': ['flowcontrol.apiserver.k8s.io/v1', 32] },
};

/** Objects of APIs that Kubernetes no longer has. */
export const removedApi: Rule = {
  id: 'removed-api',
  severity: 'error',
  summary: 'an apiVersion that Kubernetes has removed',
  why: 'A cluster of that version or later does not know the object: nothing is applied, with the message "no matches for kind".',
  fix: 'Use the apiVersion that came instead; fields may have moved.',
  check: ({ manifests }) =>
    manifests.flatMap((manifest) => {
      const { apiVersion, kind } = manifest;
      const kinds = Object.hasOwn(gone, apiVersion) ? gone[apiVersion] : undefined;
      const found = kinds?.[kind] ?? kinds?.['*'];
      if (!found) return [];
      const [instead, in1] = found;
      const message = `Kubernetes 1.${in1} and later have no ${kind} of ${apiVersion}; there is ${instead} instead`;
      return { manifest, path: ['apiVersion'], message };
    }),
};
