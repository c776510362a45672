/** A platform's message on one line. */
export function sentence(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
