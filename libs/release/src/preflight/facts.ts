import type {
  Autoscaler,
  DisruptionBudget,
  EndpointSlice,
  LimitRange,
  ReplicaSet,
  ResourceQuota,
  Service,
  VolumeClaim,
} from '../objects/cluster-objects.ts';
import type { Deployment } from '../objects/deployment.ts';
import type { PodTemplate } from '../objects/pod-template.ts';

/** All that is looked at before a release: objects as the API server has them, and its answers. */
export interface Facts {
  /** The stable Deployment. */
  readonly deployment: Deployment;
  /** Its pod template after the release. */
  readonly template: PodTemplate;
  /** The canary as it is to be made, with the most replicas that it is to have. */
  readonly canary: Deployment;
  /** Everything below is of the Deployment's namespace. */
  readonly services: readonly Service[];
  readonly endpointSlices: readonly EndpointSlice[];
  readonly autoscalers: readonly Autoscaler[];
  readonly disruptionBudgets: readonly DisruptionBudget[];
  readonly volumeClaims: readonly VolumeClaim[];
  readonly quotas: readonly ResourceQuota[];
  readonly limitRanges: readonly LimitRange[];
  readonly replicaSets: readonly ReplicaSet[];
  readonly deployments: readonly Deployment[];
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** What the server said to the canary without making it; undefined where it could not be asked. */
  readonly dryRun: DryRun | undefined;
  readonly access: readonly AccessReview[];
  /** What could not be asked. */
  readonly unasked: readonly Unasked[];
}

/** The server's answer to an object that it is not to keep. */
export interface DryRun {
  readonly warnings: readonly string[];
  /** Why it would not take the object; undefined where it would. */
  readonly error: string | undefined;
}

/** Whether who asks may do something in the namespace. */
export interface AccessReview {
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly verb: string;
  readonly allowed: boolean;
}

/** Something that the server did not tell. */
export interface Unasked {
  /** As in `ResourceQuotas`: what is not known. */
  readonly what: string;
  /** The server's reason. */
  readonly why: string;
}
