import { hostname, userInfo } from 'node:os';

/** Who is at the keyboard, and how this process is named among all that may drive a rollout. */
export function person(): { readonly user: string; readonly holder: string } {
  const user = userName();
  return { user, holder: `${user}@${hostname()}:${process.pid}` };
}

/** A process may run as a user that the system does not know. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
