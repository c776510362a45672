import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

/** The version of the command line, and of its image. */
export const version = manifest.version;

/** The service's bundle, which travels with the command line's own. */
export const MYAPP = fileURLToPath(new URL('./images/myapp/dist/main.cjs', import.meta.url));

/** Images that the environment overrides, for instance with those of a private registry. */
export function imagesFromEnvironment(env: Readonly<Record<string, string | undefined>>) {
  return {
    ...(env['CANARY_IMAGE'] ? { canary: env['CANARY_IMAGE'] } : {}),
    ...(env['GRAFANA_IMAGE'] ? { grafana: env['GRAFANA_IMAGE'] } : {}),
    ...(env['PROMETHEUS_IMAGE'] ? { prometheus: env['PROMETHEUS_IMAGE'] } : {}),
    ...(env['TOMCAT_IMAGE'] ? { tomcat: env['TOMCAT_IMAGE'] } : {}),
  };
}
