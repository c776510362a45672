import type { Selector } from '@canary/rollout';
import type { Io, Options } from '../command.ts';
import { textOption } from '../options.ts';
import { siteOptionsOf } from './site-options.ts';
import type { Site } from './site.ts';

/** The app that a command is about, and the site where it is. */
export interface Place {
  readonly site: Site;
  readonly app: string;
  /** Finds every release of the app. */
  readonly selector: Selector;
}

/** Does the work on the site that the options name, and closes it whatever comes of it. */
export async function withSite<Result>(
  io: Io,
  options: Options,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const app = textOption(options, 'app') ?? 'myapp';
  const site = await io.connect(siteOptionsOf(io, options));
  const { namespace } = site;
  try {
    return await work({ site, app, selector: { namespace, labels: { appname: app } } });
  } finally {
    await site.close();
  }
}
