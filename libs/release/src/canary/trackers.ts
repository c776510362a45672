type Texts = Readonly<Record<string, string>>;

/**
 * Domains of the labels and annotations by which tools know which objects are theirs, to bring them
 * back to what they should be, or to delete them.
 */
const DOMAINS = [
  'argoproj.io',
  'fluxcd.io',
  'helm.sh',
  'kapp.k14s.io',
  'applyset.kubernetes.io',
  'config.k8s.io',
  'objectset.rio.cattle.io',
  'kubectl.kubernetes.io',
  'deployment.kubernetes.io',
];

/**
 * `instance` is what Argo CD goes by where it is set up to track by a label, and nothing else on the
 * object tells that it does.
 *
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/
 */
const KEYS = ['app.kubernetes.io/managed-by', 'app.kubernetes.io/instance'];

/** Labels or annotations of an object without those of tools that would take it for theirs. */
export function withoutTrackers(texts: Texts = {}): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([key]) => !isTracker(key)));
}

function isTracker(key: string): boolean {
  if (KEYS.includes(key)) return true;
  const slash = key.indexOf('/');
  const domain = key.slice(0, Math.max(0, slash));
  return DOMAINS.some((one) => domain === one || domain.endsWith(`.${one}`));
}
