import type { CommandSpec } from './command.ts';

/** Shells whose completion can be written. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** The completion script of each shell, from the commands as data. */
export const completionScripts: Readonly<
  Record<Shell, (commands: readonly CommandSpec[]) => string>
> = { bash, zsh, fish };

function bash(commands: readonly CommandSpec[]): string {
  const cases = commands.map(
    ({ name, options }) => `    ${name}) words="${options.flatMap(namesOf).join(' ')} --help" ;;`,
  );
  return [
    '_canary() {',
    '  local words="" current="${COMP_WORDS[COMP_CWORD]}"',
    '  case "$([ "$COMP_CWORD" -gt 1 ] && echo "${COMP_WORDS[1]}")" in',
    `    "") words="${commands.map(({ name }) => name).join(' ')} --help --version" ;;`,
    ...cases,
    '  esac',
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '}',
    'complete -o default -F _canary canary',
  ].join('\n');
}

function zsh(commands: readonly CommandSpec[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, options }) => {
    const specs = options.flatMap((option) =>
      namesOf(option).map((flag) => {
        const value = /[<[]/.test(option.flags) ? ':value:_files' : '';
        return quoted(`${flag}[${option.description.replace(/[[\]]/g, '')}]${value}`);
      }),
    );
    return `    ${name}) _arguments ${[...specs, "'*: :_files'"].join(' ')} ;;`;
  });
  return [
    '#compdef canary',
    '_canary() {',
    '  local -a commands=(',
    ...described,
    '  )',
    '  if (( CURRENT == 2 )); then _describe command commands; return; fi',
    '  shift words; (( CURRENT-- ))',
    '  case "$words[1]" in',
    ...cases,
    '  esac',
    '}',
    'compdef _canary canary',
  ].join('\n');
}

function fish(commands: readonly CommandSpec[]): string {
  return commands
    .flatMap(({ name, summary, options }) => [
      `complete -c canary -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
      ...options.map((option) => {
        const flags = namesOf(option).map((flag) =>
          flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        );
        const value = /[<[]/.test(option.flags) ? ' -r' : '';
        const when = quoted(`__fish_seen_subcommand_from ${name}`);
        return `complete -c canary -n ${when} ${flags.join(' ')}${value} -d ${quoted(option.description)}`;
      }),
    ])
    .join('\n');
}

/** `-n, --namespace <name>` as `-n` and `--namespace`. */
function namesOf({ flags }: { readonly flags: string }): string[] {
  return flags.split(/[ ,]+/).filter((part) => part.startsWith('-'));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
