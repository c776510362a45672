import { z } from 'zod';

/** A field that changes nothing here and is not worth a word, such as a server's bookkeeping. */
export const ignored = z.unknown().optional();

/**
 * A field of which only this value is honoured, which is also what happens without it.
 * Any other is told as a notice and left out; see {@link isNotice}.
 */
export function only(value: string) {
  return z
    .unknown()
    .superRefine((given, context) => {
      if (given !== value) context.addIssue({ code: 'custom', params: { onlyHonoured: value } });
    })
    .optional();
}

/** Whether an issue is about a field that is not honoured, rather than about one that is wrong. */
export function isNotice(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'unrecognized_keys' || onlyHonoured(issue) !== undefined;
}

/** The one value that would have been honoured at the issue's path, where there is one. */
export function onlyHonoured(issue: z.core.$ZodIssue): string | undefined {
  if (issue.code !== 'custom') return undefined;
  const value: unknown = issue.params?.['onlyHonoured'];
  return typeof value === 'string' ? value : undefined;
}
