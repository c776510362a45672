export type Theme = 'light' | 'dark';

const KEY = 'canary-theme';

/** The theme that was chosen here, or else that of the system. */
export function initialTheme(): Theme {
  const chosen = remembered(KEY);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function showTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
}

export function rememberTheme(theme: Theme): void {
  remember(KEY, theme);
}

/** What was remembered; a browser may refuse to tell. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It then counts until the page is closed.
  }
}
