/** A port that a container declares. */
interface DeclaredPort {
  readonly name?: string | undefined;
  readonly containerPort: number;
}

/** Names that ports of metrics have. */
const NAMES = ['metrics', 'http-metrics', 'prometheus'];

/** The port at which a pod is scraped: the annotated one, one with the name of such a port, or the first. */
export function scrapePort(
  annotations: Readonly<Record<string, string>>,
  ports: readonly DeclaredPort[],
): number | undefined {
  const annotated = Number(annotations['prometheus.io/port'] ?? NaN);
  if (Number.isInteger(annotated)) return annotated;
  const named = NAMES.flatMap((name) => ports.find((port) => port.name === name) ?? []);
  return (named[0] ?? ports[0])?.containerPort;
}
