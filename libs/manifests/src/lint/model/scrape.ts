/** The annotations by which Prometheus' best-known job finds pods, and this project's too. */
export const SCRAPE = 'prometheus.io/scrape';
export const SCRAPE_PORT = 'prometheus.io/port';
export const SCRAPE_PATH = 'prometheus.io/path';
export const SCRAPE_SCHEME = 'prometheus.io/scheme';

/** Whether the annotations ask for a scrape. */
export function asksForScrape(annotations: Readonly<Record<string, string>>): boolean {
  return annotations[SCRAPE] === 'true';
}

/** A port as a text has it; undefined where it is none from 1 to 65535. */
export function portNumber(text: string): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= 65_535 ? number : undefined;
}
