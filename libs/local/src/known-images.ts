import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageRunner } from './images.ts';
import { withLocalDiscovery } from './prometheus-config.ts';

/** Stands in for Tomcat without an application: every path answers 404. */
const NOTHING_HERE = `require('node:http').createServer((_, response) => {
  response.writeHead(404, { 'content-type': 'text/html;charset=utf-8' });
  response.end('<!doctype html><title>HTTP Status 404</title>');
}).listen(process.env.PORT, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));`;

/** Small heaps: a machine runs a dozen of these. */
const NODE_FLAGS = ['--max-semi-space-size=1', '--max-old-space-size=64'];

/** How the images of the article's release run as processes of this machine. */
export function knownImages(options: {
  /** The bundle of the service. */
  readonly myapp: string;
  /** The `prometheus` program, where there is one. */
  readonly prometheus: string | undefined;
}): readonly ImageRunner[] {
  const { myapp, prometheus } = options;
  return [
    {
      matches: (image) => image.startsWith('myapp:'),
      command: ({ ports, env }) => ({
        command: process.execPath,
        args: [...NODE_FLAGS, myapp],
        // What the image itself says of its version.
        env: { PORT: String(ports.get(5555)), VERSION: env['VERSION'] ?? '1.0' },
      }),
    },
    {
      matches: (image) => image.includes('tomcat'),
      command: ({ ports }) => ({
        command: process.execPath,
        args: [...NODE_FLAGS, '-e', NOTHING_HERE],
        env: { PORT: String(ports.get(8080)) },
      }),
    },
    ...(prometheus === undefined ? [] : [prometheusImage(prometheus)]),
  ];
}

/** Prometheus itself, with the configuration of its ConfigMap but for where it learns of pods. */
export function prometheusImage(program: string): ImageRunner {
  return {
    matches: (image) => image.includes('prometheus'),
    command: async ({ args, ports, mounts, directory, discoveryUrl }) => {
      const folder = mounts.get('/etc/prometheus') ?? '';
      // Beside the original, whose rule files are named relative to it.
      const config = join(folder, 'prometheus.local.yml');
      const original = await readFile(join(folder, 'prometheus.yml'), 'utf8');
      await writeFile(config, withLocalDiscovery(original, discoveryUrl));
      const kept = args.filter((arg) => !/^--(config\.file|storage\.tsdb\.path)=/.test(arg));
      return {
        command: program,
        args: [
          ...kept,
          `--config.file=${config}`,
          `--storage.tsdb.path=${mounts.get('/prometheus') ?? directory}`,
          `--web.listen-address=127.0.0.1:${String(ports.get(9090))}`,
          '--log.level=warn',
        ],
      };
    },
  };
}
