/** An image reference in its parts. */
export interface Image {
  /** With its registry, without tag and digest. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Takes a reference such as `registry.example:5000/shop/web:1.2@sha256:…` apart. */
export function imageOf(reference: string): Image {
  const [named = '', digest] = reference.split('@', 2);
  // A colon before the last slash is that of the registry's port.
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  return {
    repository: hasTag ? named.slice(0, colon) : named,
    tag: hasTag ? named.slice(colon + 1) : undefined,
    digest,
  };
}
