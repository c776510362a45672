/** An image reference in its parts. */
export interface Image {
  /** With its registry, without tag and digest. */
  readonly repository: string;
  readonly tag: string | undefined;
  /** With its algorithm, such as `sha256:…`. */
  readonly digest: string | undefined;
}

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const REFERENCE = new RegExp(
  `^(?<repository>(?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*)` +
    '(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[a-zA-Z][a-zA-Z0-9]*:[a-fA-F0-9]{32,}))?$',
);
const LONGEST_REPOSITORY = 255;

/**
 * Takes a reference such as `registry.example:5000/shop/web:1.2@sha256:…` apart; undefined where it
 * is none.
 *
 * @see https://github.com/distribution/reference/blob/main/reference.go (the grammar)
 */
export function imageOf(reference: string): Image | undefined {
  // Longer ones are none, and are not matched at all.
  const found = reference.length > 1000 ? undefined : REFERENCE.exec(reference)?.groups;
  const repository = found?.['repository'];
  if (repository === undefined || repository.length > LONGEST_REPOSITORY) return undefined;
  return { repository, tag: found?.['tag'], digest: found?.['digest'] };
}
