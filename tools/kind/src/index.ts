/** kind clusters: made, filled with images, taken down. */
export {
  clusterExists,
  createCluster,
  deleteCluster,
  exportLogs,
  writeKubeconfig,
} from './cluster.ts';
export type { ClusterOptions } from './cluster.ts';
export { buildImage, loadImages, pullMissing } from './images.ts';
export type { BuildOptions } from './images.ts';
export { missingTool, runTool, ToolError } from './tool.ts';
