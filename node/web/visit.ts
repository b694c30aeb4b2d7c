import type { Person, Role } from '../people.ts'
import type { Formats } from './formats.ts'
import type { Language } from './words/languages.ts'
import type { Translate } from './words/messages.ts'

/** One request for a page by somebody: who, where, when, and in which words. */
export interface Visit {
  language: Language
  t: Translate
  /** The words for a code, title or description of a notice's form. */
  words: (textOrCode: string) => string
  formats: Formats
  /** Path and query as asked for. */
  url: URL
  /** Under which this node was asked: "https://node.example.org". */
  origin: string
  params: Record<string, string>
  /** What a form sent; empty when the page is only looked at. */
  fields: URLSearchParams
  /** What a form brought along, by its field. */
  files: Record<string, UploadedFile>
  /** Seconds since 1970. */
  now: number
  /** What browsers and mail programs call themselves, at most 200 characters. */
  userAgent: string
  /** Nobody on the pages that anyone may see. */
  visitor?: Visitor
}

export interface Visitor {
  person: Person
  roles: readonly Role[]
  /** The session's id: never its secret. */
  session: string
}

export interface UploadedFile {
  name: string
  bytes: Uint8Array
}

/** Of a page that is not for anyone. */
export type MemberVisit = Visit & { visitor: Visitor }

export function has({ visitor }: Visit, ...wanted: readonly Role[]): boolean {
  return wanted.some(role => visitor?.roles.includes(role))
}
