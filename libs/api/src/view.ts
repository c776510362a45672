/** How a release stands, as figures and in words; pure. */
export * from './view/duration-text.ts';
export * from './view/offers.ts';
export * from './view/page-view.ts';
export * from './view/percent-text.ts';
export * from './view/sentence.ts';
export * from './view/standing.ts';
export * from './view/standing-text.ts';
export * from './view/status-view.ts';
export * from './view/stages.ts';
export * from './view/wait.ts';
