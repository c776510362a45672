/** The levels of the Pod Security Standards, each stricter than those before it. */
export const LEVELS = ['privileged', 'baseline', 'restricted'] as const;
export type Level = (typeof LEVELS)[number];

/** The API server's warning that pods would violate a level. */
export interface PodSecurityWarning {
  readonly level: Level;
  /** What does, such as `privileged (container "shop" must not set …)`. */
  readonly what: string;
}

/** Reads a warning such as `would violate PodSecurity "restricted:latest": …`; undefined where it is another one. */
export function podSecurityWarning(warning: string): PodSecurityWarning | undefined {
  const found = /would violate PodSecurity "([a-z]+):[^"]*": ([^]*)/.exec(warning);
  const level = LEVELS.find((one) => one === found?.[1]);
  return found && level ? { level, what: found[2] ?? '' } : undefined;
}

/** How strict a level is: 0 for none. */
export function strictness(level: Level): number {
  return LEVELS.indexOf(level);
}
