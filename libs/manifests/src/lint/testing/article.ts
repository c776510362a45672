import { readFile } from 'node:fs/promises';
import type { Manifest } from '../model/manifest.ts';
import { readManifests } from '../read/read-manifests.ts';

/** The article's manifests, file by file, with all that is wrong with them. */
export async function articleManifests(): Promise<Manifest[]> {
  const files = ['prometheus.yaml', 'tomcat.yaml', 'v1.yaml', 'v2.yaml'];
  const folder = new URL('article/', import.meta.url);
  const texts = await Promise.all(files.map((file) => readFile(new URL(file, folder), 'utf8')));
  return texts.flatMap((text, index) => readManifests(files[index]!, text));
}
