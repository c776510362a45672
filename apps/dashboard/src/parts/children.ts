import type { PropsWithChildren } from 'hono/jsx/dom';

/** What stands inside of an element. */
export type ComponentChildren = PropsWithChildren<object>['children'];
