import { exitCodes, type CommandSpec } from '../command.ts';
import { completionScripts, type Shell } from '../completion-scripts.ts';

/** `canary completion`: a shell's completion of every command and option. */
export function completion(commands: readonly CommandSpec[]): CommandSpec {
  const own: CommandSpec = {
    name: 'completion',
    summary: 'write the completion script of a shell',
    arguments: { '<shell>': 'bash, zsh or fish' },
    options: [],
    examples: [
      'source <(canary completion bash)',
      'canary completion zsh > "${fpath[1]}/_canary"',
      'canary completion fish > ~/.config/fish/completions/canary.fish',
    ],
    run: (io, [shell]) => {
      const write = Object.hasOwn(completionScripts, String(shell))
        ? completionScripts[shell as Shell]
        : undefined;
      if (!write) {
        io.err(
          `canary: there is no completion for ${JSON.stringify(shell)}: use bash, zsh or fish`,
        );
        return Promise.resolve(exitCodes.usage);
      }
      io.out(write([...commands, own]));
      return Promise.resolve(exitCodes.ok);
    },
  };
  return own;
}
