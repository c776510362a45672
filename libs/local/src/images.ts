/** What an {@link ImageRunner} knows of the container that it is to run. */
export interface ContainerContext {
  readonly image: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The container's environment, `HOSTNAME` included. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces the image's entrypoint where it is not empty. */
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Container port -> port of this machine, of this replica alone. */
  readonly ports: ReadonlyMap<number, number>;
  /** The container ports that it listens on itself, as far as its object tells; those it declares come first. */
  readonly listened: readonly number[];
  /** Mount path -> directory (or file, with a `subPath`) of this machine. */
  readonly mounts: ReadonlyMap<string, string>;
  /** A directory of this pod alone, for what the runner has to write; removed with the pod. */
  readonly directory: string;
  /** Lists every pod in the form of Prometheus' `http_sd_configs`; see `withLocalDiscovery`. */
  readonly discoveryUrl: string;
}

/** The process that stands for a container. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the container's environment, such as `PORT`. */
  readonly env?: Readonly<Record<string, string>>;
  /** This process' own working directory unless given. */
  readonly cwd?: string;
}

/**
 * How images run here, as data.
 *
 * @example
 * const myapp: ImageRunner = {
 *   matches: (image) => image.startsWith('myapp:'),
 *   command: ({ ports }) => ({
 *     command: process.execPath,
 *     args: ['apps/myapp/dist/main.js'],
 *     env: { PORT: String(ports.get(5555)) },
 *   }),
 * };
 */
export interface ImageRunner {
  matches(image: string): boolean;
  command(context: ContainerContext): Command | Promise<Command>;
}
