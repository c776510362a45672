/** A platform's message on one line. */
export function sentence(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** What happened and why; once, where the why begins with it. */
export function told(what: string, why: string): string {
  const text = sentence(why);
  return text.startsWith(`${what} `) ? text : `${what}: ${text}`;
}
