import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool } from './tool.ts';

/** An image to be built from a folder with a Dockerfile. */
export interface BuildOptions {
  readonly tag: string;
  readonly context: string;
  /** The image that it builds on; the Dockerfile's own default where undefined. */
  readonly nodeImage: string | undefined;
}

/** Builds an image with plain `docker build`. */
export async function buildImage({ tag, context, nodeImage }: BuildOptions): Promise<void> {
  const base = nodeImage === undefined ? [] : ['--build-arg', `NODE_IMAGE=${nodeImage}`];
  await runTool('docker', ['build', '--quiet', '--tag', tag, ...base, context]);
}

/** Pulls those images that Docker does not have yet. */
export async function pullMissing(images: readonly string[]): Promise<void> {
  for (const image of images) {
    const found = await runTool('docker', ['image', 'inspect', '--format', '{{.Id}}', image]).then(
      () => true,
      () => false,
    );
    if (!found) await runTool('docker', ['pull', '--quiet', image]);
  }
}

/** Saves the images to one archive, as the article does, and loads it onto every node of the cluster. */
export async function loadImages(cluster: string, images: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'canary-images-'));
  try {
    const archive = join(folder, 'images.tar');
    await runTool('docker', ['save', '--output', archive, ...images]);
    await runTool('kind', ['load', 'image-archive', '--name', cluster, archive]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
