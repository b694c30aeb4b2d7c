import { z } from 'zod'
import { textFault } from '../text.ts'

/** A text of at most `most` characters that follows the text rules of the protocol. */
function text(title: string, description: string, most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .refine(value => textFault(value) === undefined, {
      error: issue => `This text ${textFault(String(issue.input))}.`,
    })
    .meta({ title, description })
}

/** A name or a short remark, on one line. */
export function line(title: string, description: string, most = 200) {
  return text(title, description, most).regex(/^[^\n]*$/, 'This field takes one line.')
}

/** A paragraph or several. */
export function prose(title: string, description: string, most = 4000) {
  return text(title, description, most)
}

/** A code whose grammar is known; `like` shows one. */
export function code(title: string, description: string, pattern: RegExp, like: string) {
  return z.string().regex(pattern, `This must look like "${like}".`).meta({ title, description })
}

/** One word of a fixed vocabulary. */
export function oneOf<const Word extends string>(words: readonly Word[], title: string, description: string) {
  return z.enum(words).meta({ title, description })
}

export function yesNo(title: string, description: string) {
  return z.boolean().meta({ title, description })
}

/** At most `most` of the same, and where `least` is given no fewer. */
export function several<Item extends z.ZodType>(
  item: Item,
  title: string,
  description: string,
  { least = 0, most = 20 }: { least?: number; most?: number } = {},
) {
  const list = z.array(item).max(most)
  return (least > 0 ? list.min(least) : list).meta({ title, description })
}

/** BCP 47, as far as notices need it: `en`, `pt-BR`, `zh-Hant`. */
const languagePattern = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/

export function language(title: string, description: string) {
  return code(title, description, languagePattern, 'en')
}

/** One text in as many languages as its authors give. */
export function perLanguage(title: string, description: string, most = 4000) {
  return z
    .record(z.string().regex(languagePattern), prose('Text', 'The text in this language.', most))
    .meta({ title, description })
}
