/** A series of the app `myapp` in the namespace `canary`, unless the labels say otherwise. */
export function seriesOf(name: string, labels: Readonly<Record<string, string>> = {}): string {
  const all = { kubernetes_namespace: 'canary', appname: 'myapp', ...labels };
  const pairs = Object.entries(all).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${pairs.join()}}`;
}

/** Apps that differ from `myapp` in one label each: nothing of theirs may get mixed up with it. */
export const others = [
  { kubernetes_namespace: 'elsewhere', appname: 'myapp' },
  { kubernetes_namespace: 'canary', appname: 'shop' },
] as const;
