import { allContainers, type Container, type PodTemplate } from '../objects/pod-template.ts';
import type { Level } from './pod-security-warning.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What of a pod violates a level of the Pod Security Standards, by the fields that people set most;
 * the API server itself knows them all. Each names the container or the volume.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function podSecurityViolations(template: PodTemplate, level: Level): string[] {
  if (level === 'privileged') return [];
  return level === 'baseline'
    ? baseline(template)
    : [...baseline(template), ...restricted(template)];
}

const BASELINE_CAPABILITIES = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

function baseline(template: PodTemplate): string[] {
  const { spec } = template;
  const host = ['hostNetwork', 'hostPID', 'hostIPC'].filter((field) => spec[field] === true);
  const paths = (spec.volumes ?? []).filter((volume) => volume['hostPath'] !== undefined);
  return [
    ...host.map((field) => `${field} is true`),
    ...paths.map(({ name }) => `volume ${name} is a hostPath`),
    ...(profileOf(spec.securityContext) === 'Unconfined' ? ['seccompProfile is Unconfined'] : []),
    ...allContainers(template).flatMap((container) => {
      const security: Fields = container.securityContext ?? {};
      const added = (container.securityContext?.capabilities?.add ?? []).filter(
        (name) => !BASELINE_CAPABILITIES.includes(name),
      );
      const has = [
        security['privileged'] === true && 'is privileged',
        added.length > 0 && `adds capabilities ${added.join(', ')}`,
        container.ports?.some(({ hostPort }) => hostPort) && 'has a hostPort',
        profileOf(security) === 'Unconfined' && 'has seccompProfile Unconfined',
        !['Default', undefined].includes(security['procMount'] as string) &&
          'has another procMount',
      ];
      return named(container, has);
    }),
  ];
}

const RESTRICTED_VOLUMES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function restricted(template: PodTemplate): string[] {
  const { spec } = template;
  const pod: Fields = spec.securityContext ?? {};
  // Windows has none of these fields, and in a user namespace root is nobody outside.
  const isLinux = (spec['os'] as { readonly name?: string } | undefined)?.name !== 'windows';
  const hasOwnUsers = spec['hostUsers'] === false;
  const volumes = (spec.volumes ?? []).filter((volume) =>
    Object.keys(volume).some(
      (key) => key !== 'name' && ![...RESTRICTED_VOLUMES, 'hostPath'].includes(key),
    ),
  );
  return [
    ...volumes.map(({ name }) => `volume ${name} is of a type that is not allowed`),
    ...allContainers(template).flatMap((container) => {
      const own: Fields = container.securityContext ?? {};
      const { add = [], drop = [] } = container.securityContext?.capabilities ?? {};
      const profile = profileOf(own) ?? profileOf(pod);
      const has = [
        isLinux &&
          own['allowPrivilegeEscalation'] !== false &&
          'lacks allowPrivilegeEscalation: false',
        isLinux && !drop.includes('ALL') && 'lacks capabilities.drop: [ALL]',
        add.some((name) => name !== 'NET_BIND_SERVICE') && 'adds capabilities',
        !hasOwnUsers &&
          (own['runAsNonRoot'] ?? pod['runAsNonRoot']) !== true &&
          'lacks runAsNonRoot: true',
        !hasOwnUsers && (own['runAsUser'] ?? pod['runAsUser']) === 0 && 'runs as user 0',
        isLinux &&
          (profile === undefined || profile === 'Unconfined') &&
          'lacks seccompProfile.type: RuntimeDefault',
      ];
      return named(container, has);
    }),
  ];
}

function named({ name }: Container, has: readonly (string | false | undefined)[]): string[] {
  return has.flatMap((what) => (what ? `container ${name} ${what}` : []));
}

function profileOf(security: Fields = {}): string | undefined {
  return (security['seccompProfile'] as { readonly type?: string } | undefined)?.type;
}
