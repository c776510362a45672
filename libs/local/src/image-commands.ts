import type { Command, ContainerContext, ImageRunner } from './images.ts';

/** A command of this machine that stands for an image. */
export interface ImageCommand {
  /** With its tag, or the repository alone, which stands for every tag that has no command of its own. */
  readonly image: string;
  /** The program and its arguments; no shell reads them. */
  readonly argv: readonly string[];
  /** The folder that it runs in, absolute. */
  readonly cwd: string;
}

/**
 * Runs images by commands that are told one after another; of two for the same image the later one
 * counts, for processes that start from then on.
 *
 * The command stands for all that the image would run. A container's `args` come after it, unless
 * the container has a `command` of its own: that, and the `args` for it, name files of the image and
 * are left out. It finds in `PORT` the port of this machine that stands for the first port that the
 * container declares, and in `PORT_<number>` those that stand for each.
 */
export class ImageCommands implements ImageRunner {
  readonly #byImage = new Map<string, ImageCommand>();

  constructor(commands: readonly ImageCommand[] = []) {
    this.add(commands);
  }

  add(commands: readonly ImageCommand[]): void {
    for (const command of commands) this.#byImage.set(command.image, command);
  }

  matches(image: string): boolean {
    return this.#find(image) !== undefined;
  }

  /** @throws an `Error` where no command stands for the image */
  command({ image, command, args, ports, listened }: ContainerContext): Command {
    const { argv, cwd } = this.#find(image) ?? {};
    const [program, ...rest] = argv ?? [];
    if (program === undefined || cwd === undefined)
      throw new Error(`no command stands for the image "${image}": ${remedy(image)}`);
    const all = listened.map((port) => [`PORT_${port}`, `${ports.get(port) ?? ''}`] as const);
    const first = all[0]?.[1];
    return {
      command: program,
      args: command.length > 0 ? rest : [...rest, ...args],
      env: { ...Object.fromEntries(all), ...(first === undefined ? {} : { PORT: first }) },
      cwd,
    };
  }

  #find(image: string): ImageCommand | undefined {
    const { repository, tag } = parts(image);
    for (const name of [image, `${repository}:${tag}`, repository]) {
      const found = this.#byImage.get(name);
      if (found) return found;
    }
    return undefined;
  }
}

/** What is to be done about an image that nothing runs. */
export function remedy(image: string): string {
  return `correct its name, or say what stands for it with --run '${image}=<command>'`;
}

/** Repository and tag of an image; a digest is no part of either. */
function parts(image: string): { readonly repository: string; readonly tag: string } {
  const [name = ''] = image.split('@');
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  if (colon < 0) return { repository: name, tag: 'latest' };
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}
