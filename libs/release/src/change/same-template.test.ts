import { expect, it } from 'vitest';
import { shop, type Shop } from '../testing/shop.ts';
import { isSameTemplate } from './same-template.ts';

const isSame = (a: Shop, b: Shop) => isSameTemplate(shop(a).spec.template, shop(b).spec.template);

it.each<[string, Shop]>([
  ['a label', { labels: { serviceAccount: 'x' } }],
  ['a variable', { container: { env: [{ name: 'A' }] } }],
  ['a limit', { container: { resources: { limits: { cpu: 1 } } } }],
  ['a volume', { pod: { volumes: [{ name: 'cache', emptyDir: {} }] } }],
  ['a port', { container: { ports: [{ containerPort: 8081, name: 'http' }] } }],
  ['another order of containers', { pod: { containers: [{ name: 'b' }, { name: 'shop' }] } }],
  ['a pull policy', { container: { imagePullPolicy: 'Always' } }],
  ['a service account', { pod: { serviceAccountName: 'shop' } }],
])('sees %s', (_, other) => {
  expect(isSame({}, other)).toBe(false);
});

it('takes the defaults of the API server for what a file leaves out', () => {
  const file: Shop = {
    container: {
      env: [
        { name: 'EMPTY' },
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      ],
      resources: { limits: { cpu: '0.5', memory: '1024Mi' } },
      readinessProbe: { httpGet: { port: 80 } },
    },
    pod: { volumes: [{ name: 'conf', configMap: { name: 'shop' } }], serviceAccountName: 'shop' },
  };
  const server: Shop = {
    container: {
      env: [
        { name: 'EMPTY', value: '' },
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP', apiVersion: 'v1' } } },
      ],
      resources: { limits: { cpu: '500m', memory: '1Gi' } },
      ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
      readinessProbe: {
        httpGet: { port: 80, path: '/', scheme: 'HTTP' },
        timeoutSeconds: 1,
        periodSeconds: 10,
        successThreshold: 1,
        failureThreshold: 3,
      },
      imagePullPolicy: 'IfNotPresent',
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    },
    pod: {
      volumes: [{ name: 'conf', configMap: { name: 'shop', defaultMode: 420 } }],
      serviceAccount: 'shop',
      serviceAccountName: 'shop',
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
      tolerations: [],
    },
  };
  expect(isSame(file, server)).toBe(true);
});
