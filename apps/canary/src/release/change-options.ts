import type { OptionSpec } from '../command.ts';

/** Options that say what a release changes. */
export const changeOptions: readonly OptionSpec[] = [
  {
    flags: '--image <container=reference>',
    description:
      'of a Deployment that is named: the new image of a container, *: of all; may be repeated. With --to: its image (default: myapp:v1.0)',
    many: true,
  },
  {
    flags: '--env <name=value>',
    description: 'a variable of it, name- takes one away; may be repeated',
    many: true,
  },
  {
    flags: '-f, --file <file>',
    description: 'the Deployment to try, or several objects, as YAML or JSON; - is standard input',
  },
];
