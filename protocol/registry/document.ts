import { z } from 'zod'
import { parseCanonical } from '../canonical.ts'
import { FocalpointError } from '../errors.ts'
import { limits } from '../limits.ts'
import { textFault } from '../text.ts'

/** The last day is the one before: a document expires at 00:00 UTC of this date. */
export const date = z.iso.date()
export const version = z.int().min(1)
/** SHA-256 in base64url: of a document's text, or a notice's id. */
export const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 hash in base64url')

/** Text that people read: not empty, NFC, no invisible controls. */
export function readableText(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .refine(text => textFault(text) === undefined, 'must be NFC without invisible controls')
}

interface Parsing<Shape extends z.ZodType> {
  document: string
  text: string
  shape: Shape
  /** Longest UTF-8 form. */
  limit: number
}

/** A document from its JCS text. Members of a later version of the protocol are passed over: the text keeps them. */
export function parseDocument<Shape extends z.ZodType>({
  document,
  text,
  shape,
  limit,
}: Parsing<Shape>): z.output<Shape> {
  const bytes = new TextEncoder().encode(text).length
  if (bytes > limit) {
    throw new FocalpointError('document-too-large', `A ${document} document has at most ${limit} bytes.`, {
      document,
      bytes,
      limit,
    })
  }
  if (hasMoreThan(limits.documentCommas, ',', text)) {
    throw malformed(document, '', `holds more than ${limits.documentCommas} values`)
  }
  if (text.includes('"__proto__"')) throw malformed(document, '', 'holds the name __proto__')
  const result = shape.safeParse(parseCanonical(text))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw malformed(document, pointerOf(issue?.path ?? []), issue?.message ?? 'does not follow its form')
}

/** Counted before anything is parsed: each value costs far more than its bytes. */
function hasMoreThan(most: number, character: string, text: string): boolean {
  let count = 0
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) {
    if (++count > most) return true
  }
  return false
}

/** What breaks the form of a document; `pointer` is a JSON Pointer (RFC 6901). */
export function malformed(
  document: string,
  pointer: string,
  what: string,
): FocalpointError<'document-malformed'> {
  const where = pointer === '' ? '' : ` at ${pointer}`
  return new FocalpointError(
    'document-malformed',
    `This ${document} document is malformed${where}: ${what}.`,
    {
      document,
      pointer,
      what,
    },
  )
}

/** The first value that stands twice in a list. */
export function repeatedIn(values: Iterable<string>): string | undefined {
  const seen = new Set<string>()
  for (const value of values) {
    if (seen.has(value)) return value
    seen.add(value)
  }
  return undefined
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
