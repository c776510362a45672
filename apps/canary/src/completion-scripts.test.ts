import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { completionScripts } from './completion-scripts.ts';
import { render } from './commands/render.ts';
import { status } from './commands/status.ts';

const commands = [render, status];

/** What bash offers for a line whose last word is being typed. */
function offered(words: readonly string[]): string[] {
  const script = `${completionScripts.bash(commands)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_canary; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
}

describe('the completion of bash', () => {
  it('offers the commands', () => {
    expect(offered(['canary', 's'])).toEqual(['status']);
    expect(offered(['canary', ''])).toEqual(['render', 'status', '--help', '--version']);
  });

  it('offers the options of the command that was typed, and no other', () => {
    expect(offered(['canary', 'status', '--w'])).toEqual(['--watch']);
    expect(offered(['canary', 'render', '--w'])).toEqual(['']);
  });
});

describe('the completions of zsh and fish', () => {
  it('describe every command and option', () => {
    expect(completionScripts.zsh(commands)).toContain("'--watch[follow it until it has ended]'");
    expect(completionScripts.fish(commands)).toContain(
      "complete -c canary -n '__fish_seen_subcommand_from status' -s w -l watch -d 'follow it until it has ended'",
    );
  });
});
