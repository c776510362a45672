const NAMES = ['stable', 'canary', 'muted', 'grid', 'mark', 'text', 'threshold'] as const;

export type Colour = (typeof NAMES)[number];
export type Palette = Readonly<Record<Colour, string>>;

/**
 * The page's colours as its style sheet has them now: blue and orange of the palette of Okabe and
 * Ito, which people with any kind of colour vision tell apart.
 *
 * @see https://jfly.uni-koeln.de/color/
 */
export function colours(): Palette {
  const style = getComputedStyle(document.documentElement);
  const entries = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(entries) as Palette;
}
