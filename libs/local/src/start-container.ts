import { open } from 'node:fs/promises';
import { Child } from './child.ts';
import type { ContainerContext, ImageRunner } from './images.ts';

/** What a process gets of this one's environment: where programs and temporary files are, no more. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

/** Starts the process that stands for a container; what it prints is added to the log file. */
export async function startContainer(
  runner: ImageRunner,
  context: ContainerContext,
  logFile: string,
): Promise<Child> {
  const { command, args, env, cwd } = await runner.command(context);
  const log = await open(logFile, 'a');
  try {
    return new Child({
      command,
      args,
      env: { ...inherited(), ...context.env, ...env },
      cwd: cwd ?? process.cwd(),
      log: log.fd,
    });
  } finally {
    await log.close();
  }
}

function inherited(): Record<string, string> {
  return Object.fromEntries(
    INHERITED.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
