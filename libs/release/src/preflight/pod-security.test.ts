import { expect, it } from 'vitest';
import { shop, type Shop } from '../testing/shop.ts';
import { podSecurityViolations } from './pod-security.ts';

const violations = (parts: Shop, level: 'privileged' | 'baseline' | 'restricted') =>
  podSecurityViolations(shop(parts).spec.template, level);
const security = (securityContext: object): Shop => ({ container: { securityContext } });
const strict = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

it.each<[Shop, string]>([
  [{ pod: { hostPID: true } }, 'hostPID is true'],
  [{ pod: { volumes: [{ name: 'h', hostPath: { path: '/' } }] } }, 'volume h is a hostPath'],
  [
    { pod: { securityContext: { seccompProfile: { type: 'Unconfined' } } } },
    'seccompProfile is Unconfined',
  ],
  [security({ privileged: true }), 'container shop is privileged'],
  [
    security({ capabilities: { add: ['SYS_ADMIN', 'CHOWN'] } }),
    'container shop adds capabilities SYS_ADMIN',
  ],
  [security({ procMount: 'Unmasked' }), 'container shop has another procMount'],
  [{ container: { ports: [{ containerPort: 1, hostPort: 1 }] } }, 'container shop has a hostPort'],
])('baseline: %j', (parts, violation) => {
  expect(violations(parts, 'baseline')).toEqual([violation]);
});

it('restricted: what has to be said, of every container', () => {
  const initContainers = [{ name: 'init', securityContext: strict }];
  expect(violations({ pod: { initContainers } }, 'restricted')).toEqual([
    'container shop lacks allowPrivilegeEscalation: false',
    'container shop lacks capabilities.drop: [ALL]',
    'container shop lacks runAsNonRoot: true',
    'container shop lacks seccompProfile.type: RuntimeDefault',
  ]);
});

it.each<[Shop, string]>([
  [security({ ...strict, runAsUser: 0 }), 'container shop runs as user 0'],
  [
    security({ ...strict, capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
    'container shop adds capabilities',
  ],
  [
    { ...security(strict), pod: { volumes: [{ name: 'n', nfs: {} }] } },
    'volume n is of a type that is not allowed',
  ],
])('restricted: %j', (parts, violation) => {
  expect(violations(parts, 'restricted')).toEqual([violation]);
});

it('finds nothing in a pod that says so for all its containers, or where all is allowed', () => {
  const { allowPrivilegeEscalation, capabilities, ...pod } = strict;
  const parts = {
    ...security({ allowPrivilegeEscalation, capabilities }),
    pod: { securityContext: pod },
  };
  expect(violations(parts, 'restricted')).toEqual([]);
  expect(violations(security({ privileged: true }), 'privileged')).toEqual([]);
});
