import { fieldsOf, textOf } from '../model/fields.ts';
import { probeOf, PROBES } from '../model/probe.ts';
import type { Rule } from '../rule.ts';

/** A probe of a port by a name that the container does not have. */
export const probePort: Rule = {
  id: 'probe-port',
  severity: 'error',
  summary: 'a probe names a port that its container does not have',
  why: 'The kubelet looks the name up among the ports of the same container; where it is not there, every probe fails, and the pod never gets ready or is restarted for ever.',
  fix: 'Name a port of the container, declare one by that name, or give the number.',
  check: ({ workloads }) =>
    workloads.flatMap(({ manifest, containers }) =>
      containers.flatMap((container) =>
        PROBES.flatMap((probe) =>
          ['httpGet', 'tcpSocket'].flatMap((handler) => {
            const fields = probeOf(container, probe)?.fields ?? {};
            const port = textOf(fieldsOf(fields[handler])['port']);
            if (port === undefined || /^\d+$/.test(port)) return [];
            if (container.ports.some(({ name }) => name === port)) return [];
            const message = `${probe} of container ${container.name} asks port ${JSON.stringify(port)}, and the container declares none of that name`;
            return { manifest, path: [...container.path, probe, handler, 'port'], message };
          }),
        ),
      ),
    ),
};
