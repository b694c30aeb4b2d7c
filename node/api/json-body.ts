import type { FastifyRequest } from 'fastify'
import { FocalpointError } from '#protocol'
import type { App } from './app.ts'
import { apiLimits } from './limits.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Takes JSON in, and refuses what the parser would change without a word: bytes that are no UTF-8, a member that is
 * there twice (RFC 7493, section 2.3), a whole number that no double holds (section 2.2), too many levels.
 */
export function parseJsonBodies(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      const text = textOf(body as Buffer)
      parse(request as FastifyRequest, text, (error, value) => {
        const fault = error ? undefined : faultOf(text, value)
        done(error ?? (fault === undefined ? null : malformed(fault)), value)
      })
    } catch (error) {
      done(error as Error)
    }
  })
}

function textOf(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw malformed('not UTF-8')
  }
}

function faultOf(text: string, value: unknown): string | undefined {
  const { members, depth, number } = written(text)
  if (depth > apiLimits.jsonDepth) return `nested more than ${apiLimits.jsonDepth} deep`
  if (number !== undefined)
    return `one with the number ${number.slice(0, 40)}, which cannot be kept as it is written`
  if (membersOf(value) !== members) return 'one that has a member twice'
  return undefined
}

/** What stands in a text that is known to be JSON, outside of quotes. */
function written(text: string): { members: number; depth: number; number?: string } {
  let members = 0
  let depth = 0
  let deepest = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === quote) at = endOfQuote(text, at)
    else if (char === colon) members += 1
    else if (char === openBrace || char === openBracket) deepest = Math.max(deepest, ++depth)
    else if (char === closeBrace || char === closeBracket) depth -= 1
    else if (char === minus || isDigit(char)) {
      const start = at
      while (inNumber.has(text.charCodeAt(at + 1))) at += 1
      const number = text.slice(start, at + 1)
      if (!isKept(number)) return { members, depth: deepest, number }
    }
  }
  return { members, depth: deepest }
}

const [quote, colon, minus, openBrace, closeBrace, openBracket, closeBracket, backslash] =
  codesOf('":-{}[]\\')
const inNumber = new Set(codesOf('0123456789.eE+-'))

function codesOf(text: string): number[] {
  return [...text].map(char => char.charCodeAt(0))
}

function isDigit(char: number): boolean {
  return char >= 0x30 && char <= 0x39
}

function endOfQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === backslash) at += 1
    else if (char === quote) return at
  }
  return text.length
}

/** Every number that is written with fewer characters and no exponent is kept. */
const alwaysKept = 16

/** A fraction is kept as the nearest double, as every program does; a whole number is kept or refused. */
function isKept(written: string): boolean {
  if (written.length < alwaysKept && !/e/i.test(written)) return true
  const value = Number(written)
  if (!Number.isFinite(value)) return false
  if (/^-?\d+$/.test(written)) return Number.isSafeInteger(value)
  return value !== 0 || !/[1-9]/.test(written.split(/[eE]/)[0] ?? '')
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value)
  return inner.reduce((sum: number, each) => sum + membersOf(each), Array.isArray(value) ? 0 : inner.length)
}

function malformed(what: string): FocalpointError<'body-malformed'> {
  return new FocalpointError('body-malformed', `The body is ${what}.`, { what })
}
