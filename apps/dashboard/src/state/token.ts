const KEY = 'canary-token';

/** The token of the address that was opened, which is then no longer shown, or that of this tab so far. */
export function takeToken(): string {
  const given = new URLSearchParams(location.hash.slice(1)).get('token');
  if (given === null) return sessionStorage.getItem(KEY) ?? '';
  history.replaceState(null, '', location.pathname);
  keepToken(given);
  return given;
}

/** Keeps it for this tab, until it is closed. */
export function keepToken(token: string): void {
  sessionStorage.setItem(KEY, token);
}
