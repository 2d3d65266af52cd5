import { z } from 'zod';

const Told = z.object({ code: z.string().default(''), message: z.string().default('') });

/** Some providers do not wrap it in `error`. */
const ErrorInBody = z.union([z.object({ error: Told }).transform(({ error }) => error), Told.refine(({ code, message }) => code !== '' || message !== '')]);

/** The error's code and message; the beginning of the body where it is something else. */
export function errorIn(text: string | null | undefined): { readonly code: string; readonly message: string } {
  const { success, data } = ErrorInBody.safeParse(parsed(text));
  return success ? data : { code: '', message: beginning(text) };
}

/** What a text says as JSON; undefined where it is none. */
export function parsed(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** One line of a text, cut short. */
export function beginning(text: string | null | undefined): string {
  const line = (text ?? '').replaceAll(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 120)}…` : line;
}
