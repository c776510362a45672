import { expect, it } from 'vitest';
import { runCommandsOf } from './run-option.ts';

const cwd = '/work/shop';

it.each(['node app.mjs', '=node app.mjs', 'shop=', 'shop=  ', "shop=''"])(
  'refuses --run %j',
  (run) => {
    expect(() => runCommandsOf({ run: [run] }, cwd)).toThrow(
      `--run ${JSON.stringify(run)} is no command for an image: use one such as 'shop:2=node app.mjs'`,
    );
  },
);

it('says which command is wrong', () => {
  expect(() => runCommandsOf({ run: ['shop=node "app'] }, cwd)).toThrow(
    '--run "shop=node \\"app": node "app: " is not closed',
  );
});

it('reads an image and its command, which may have an = as well', () => {
  const run = ['shop=node app.mjs', 'registry.example:5000/shop:2=node "app 2.mjs" --x=y'];
  expect(runCommandsOf({ run }, cwd)).toEqual([
    { image: 'shop', argv: ['node', 'app.mjs'], cwd },
    { image: 'registry.example:5000/shop:2', argv: ['node', 'app 2.mjs', '--x=y'], cwd },
  ]);
  expect(runCommandsOf({}, cwd)).toEqual([]);
});
