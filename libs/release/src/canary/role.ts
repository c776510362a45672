/** The label that tells a canary's pods, and nothing else's, from those beside them. */
export const ROLE_LABEL = 'canaryctl/role';
/** Its value. */
export const CANARY_ROLE = 'canary';
