import type { PlatformObject } from '@canary/rollout';
import { Service } from 'kubernetes-models/v1/Service';
import { standardLabels } from '../labels.ts';
import { APP_NAME, APP_PORT, SERVICE_NAME } from '../names.ts';
import type { Parameters } from '../parameters.ts';
import { validated } from '../validated.ts';

/** The Service in front of every release: it selects by app alone, so that releases share its traffic. */
export function releaseService({ namespace }: Parameters): PlatformObject {
  return validated(
    new Service({
      metadata: {
        name: SERVICE_NAME,
        namespace,
        labels: { appname: SERVICE_NAME, ...standardLabels(APP_NAME, 'service') },
      },
      spec: {
        type: 'ClusterIP',
        selector: { appname: APP_NAME },
        ports: [{ name: 'http', port: APP_PORT, targetPort: APP_PORT }],
      },
    }),
  );
}
