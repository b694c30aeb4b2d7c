import serialize from 'canonicalize'
import { FocalpointError } from './errors.ts'
import { limits } from './limits.ts'

export type Json = null | boolean | number | string | Json[] | { [member: string]: Json }
export type JsonObject = { [member: string]: Json }

/** The RFC 8785 (JCS) text of a value. Throws on what JSON cannot say: NaN, a lone surrogate, a cycle. */
export function canonical(value: unknown): string {
  let text: string | undefined
  try {
    text = serialize(value)
  } catch (cause) {
    throw notCanonical('no JSON value', cause)
  }
  if (text === undefined) throw notCanonical('no JSON value')
  return text
}

/** The value of a JCS text; refuses what is not canonical (duplicate members, spaces, other escapes) or too deep. */
export function parseCanonical(text: string, depth: number = limits.jsonDepth): Json {
  if (depthOf(text) > depth) {
    throw new FocalpointError('payload-too-deep', `This JSON is nested more than ${depth} deep.`, {
      limit: depth,
    })
  }
  let value: Json
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw notCanonical('not JSON', cause)
  }
  if (!isPlainlyCanonical(value, text) && canonical(value) !== text) {
    throw notCanonical('not in canonical form (RFC 8785)')
  }
  return value
}

/**
 * The quick way to the same answer, for nearly all texts: JCS is what JSON.stringify writes, with members sorted. Where
 * the two could differ (escaped surrogates, members that look like array indexes) it says no and JCS itself is asked.
 */
function isPlainlyCanonical(value: Json, text: string): boolean {
  return !text.includes('\\ud') && JSON.stringify(value) === text && isSorted(value)
}

function isSorted(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isSorted)
  let last: string | undefined
  for (const [member, inner] of Object.entries(value)) {
    if ((last !== undefined && last >= member) || !isSorted(inner)) return false
    last = member
  }
  return true
}

/** How deep brackets nest, counted without parsing: the parser itself would recurse. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (quoted) {
      if (char === 0x5c) at++
      else if (char === 0x22) quoted = false
    } else if (char === 0x22) quoted = true
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (char === 0x7d || char === 0x5d) depth--
  }
  return deepest
}

/** Narrows JSON to an object: not null, not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function notCanonical(what: string, cause?: unknown): FocalpointError<'payload-not-canonical'> {
  return new FocalpointError('payload-not-canonical', `This text is ${what}.`, { what }, { cause })
}
