/** What the article gives every pod of its own to run with. */
export const resources = {
  requests: { cpu: '250m', memory: '128Mi' },
  limits: { cpu: '500m', memory: '256Mi' },
} as const;

/** How the article replaces pods, and how many old sets of them it keeps. */
export const replacement = {
  revisionHistoryLimit: 10,
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
} as const;
