import { stringify } from 'yaml';
import { runTool } from './tool.ts';

/** A kind cluster to be. */
export interface ClusterOptions {
  readonly name: string;
  /** Nodes beside the control plane; the pods of a whole release do not fit on one of two cores. */
  readonly workers: number;
  /** The file that is to say how to reach it; the user's own kubeconfig stays as it is. */
  readonly kubeconfig: string;
  /** `kindest/node` of some version; kind's own choice where undefined. */
  readonly nodeImage: string | undefined;
}

/** Whether kind knows a cluster of that name. */
export async function clusterExists(name: string): Promise<boolean> {
  return (await runTool('kind', ['get', 'clusters'])).split('\n').includes(name);
}

/** Creates the cluster and resolves when its nodes are ready. */
export async function createCluster(options: ClusterOptions): Promise<void> {
  const { name, workers, kubeconfig, nodeImage } = options;
  const config = {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    nodes: [
      { role: 'control-plane' },
      ...Array.from({ length: workers }, () => ({ role: 'worker' })),
    ],
  };
  const image = nodeImage === undefined ? [] : ['--image', nodeImage];
  await runTool(
    'kind',
    [
      'create',
      'cluster',
      '--name',
      name,
      '--kubeconfig',
      kubeconfig,
      '--config',
      '-',
      '--wait',
      '180s',
      ...image,
    ],
    { input: stringify(config) },
  );
}

/** Deletes the cluster; one that is not there is fine. */
export async function deleteCluster(name: string, kubeconfig: string): Promise<void> {
  await runTool('kind', ['delete', 'cluster', '--name', name, '--kubeconfig', kubeconfig]);
}

/** Keeps the logs of every node and pod below a folder. */
export async function exportLogs(name: string, folder: string): Promise<void> {
  await runTool('kind', ['export', 'logs', '--name', name, folder]);
}

/** Writes how to reach an existing cluster to a file; the user's own kubeconfig stays as it is. */
export async function writeKubeconfig(name: string, kubeconfig: string): Promise<void> {
  await runTool('kind', ['export', 'kubeconfig', '--name', name, '--kubeconfig', kubeconfig]);
}
