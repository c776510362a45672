import { createContext, useContext } from 'hono/jsx/dom';
import { remember, remembered } from '../state/theme.ts';
import { en, type Texts } from './en.ts';
import { zh } from './zh.ts';

export const languages = { en, zh } as const satisfies Record<string, Texts>;
export type Language = keyof typeof languages;

const KEY = 'canary-language';

/** The language that was chosen here, or else the first of the browser's that the page has. */
export function initialLanguage(): Language {
  const chosen = remembered(KEY);
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

export function rememberLanguage(language: Language): void {
  remember(KEY, language);
}

export const TextsContext = createContext<Texts>(en);

/** The texts in the page's language. */
export function useTexts(): Texts {
  return useContext(TextsContext);
}
