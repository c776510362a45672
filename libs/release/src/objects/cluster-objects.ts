import type { LabelSelector } from './deployment.ts';

/** Objects of the API server around a Deployment, as the JSON that they are, as far as rules read them. */
interface Metadata {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly {
    readonly kind: string;
    readonly name: string;
    readonly uid: string;
    readonly controller?: boolean;
  }[];
}

type Amounts = Readonly<Record<string, string | number>>;

/** v1 */
export interface Service {
  readonly metadata: Metadata;
  readonly spec: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly type?: string;
    readonly clusterIP?: string;
    readonly sessionAffinity?: string;
    readonly ports?: readonly {
      readonly name?: string;
      readonly port: number;
      readonly targetPort?: number | string;
    }[];
  };
}

/** discovery.k8s.io/v1 */
export interface EndpointSlice {
  readonly metadata: Metadata;
  readonly endpoints?:
    | readonly {
        readonly targetRef?: { readonly kind?: string; readonly name?: string };
        readonly conditions?: { readonly ready?: boolean };
      }[]
    | null;
}

/** autoscaling/v2 */
export interface Autoscaler {
  readonly metadata: Metadata;
  readonly spec: {
    readonly scaleTargetRef: { readonly kind: string; readonly name: string };
    readonly minReplicas?: number;
    readonly maxReplicas: number;
  };
}

/** policy/v1 */
export interface DisruptionBudget {
  readonly metadata: Metadata;
  readonly spec: {
    readonly selector?: LabelSelector | null;
    readonly minAvailable?: number | string;
    readonly maxUnavailable?: number | string;
  };
}

/** v1 */
export interface VolumeClaim {
  readonly metadata: Metadata;
  readonly spec: { readonly accessModes?: readonly string[] };
}

/** v1 */
export interface ResourceQuota {
  readonly metadata: Metadata;
  readonly spec?: {
    readonly hard?: Amounts;
    readonly scopes?: readonly string[];
    readonly scopeSelector?: {
      readonly matchExpressions?: readonly {
        readonly scopeName: string;
        readonly operator: string;
        readonly values?: readonly string[];
      }[];
    };
  };
  readonly status?: { readonly hard?: Amounts; readonly used?: Amounts };
}

/** v1 */
export interface LimitRange {
  readonly metadata: Metadata;
  readonly spec: {
    readonly limits: readonly {
      readonly type: string;
      readonly default?: Amounts;
      readonly defaultRequest?: Amounts;
    }[];
  };
}

/** apps/v1 */
export interface ReplicaSet {
  readonly metadata: Metadata;
  readonly spec: { readonly replicas?: number; readonly selector: LabelSelector };
  readonly status?: { readonly replicas?: number };
}
