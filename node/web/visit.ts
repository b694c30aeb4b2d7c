import type { Role } from '../people.ts'
import type { SignedIn } from '../sign-in/sign-in.ts'
import type { Formats } from './formats.ts'
import type { ToldError } from './words/errors.ts'
import type { Language } from './words/languages.ts'
import type { Translate } from './words/messages.ts'

/** One request for a page by somebody: who, where, when, and in which words. */
export interface Visit {
  language: Language
  t: Translate
  /** The words for a code, title or description of a notice's form. */
  words: (textOrCode: string) => string
  /** What went wrong, in the reader's language. */
  wordsOf: (error: ToldError) => string
  formats: Formats
  /** Path and query as asked for. */
  url: URL
  /** Where the browser found this node: scheme, host and port. */
  origin: string
  params: Record<string, string>
  /** What a form sent; empty when the page is only looked at. */
  fields: URLSearchParams
  /** What a form brought along, by its field. */
  files: Record<string, UploadedFile>
  /** Seconds since 1970. */
  now: number
  /** From where the request came. */
  address: string
  /** What browsers and mail programs call themselves, at most 200 characters. */
  userAgent: string
  /** Nobody on the pages that anyone may see. */
  visitor?: SignedIn
}

export interface UploadedFile {
  name: string
  bytes: Uint8Array
}

/** Of a page that is not for anyone. */
export type MemberVisit = Visit & { visitor: SignedIn }

export function has({ visitor }: Visit, ...wanted: readonly Role[]): boolean {
  return wanted.some(role => visitor?.roles.includes(role))
}
