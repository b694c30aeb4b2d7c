import fc from 'fast-check'
import { canonical, isError, type Json, limits } from '#protocol'

// Texts that are nearly good: a good one, changed in one to three places. Changed as a text, within one of its base64url
// segments, or as the JSON that stands in there; the last is written out anew in its one form, so that it gets past the
// checks of form to those of content.

type Level = 'text' | 'segment' | 'json' | 'segment json'

export interface Change {
  level: Level
  how: 'flip' | 'cut' | 'double' | 'insert' | 'remove' | 'swap'
  /** Numbers that choose the place; they are taken modulo what there is. */
  at: number
  segment: number
  length: number
  word: string
  value: unknown
}

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const deepObject = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

const words = [
  ...[
    '~',
    '.',
    '=',
    '==',
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '-',
    '_',
    '0',
    '',
    ' ',
    '\n',
    '\0',
    '\r\n',
  ],
  ...['__proto__', '"__proto__":{"a":1},', 'constructor', 'toString', 'hasOwnProperty', 'then', 'length'],
  ...[
    '\ud800',
    '\udfff',
    '\\ud800',
    '\\udfff',
    '\u202e',
    '\ufeff',
    '\u0000',
    'e\u0301',
    '\u{1f4a9}',
    '\xff\xfe',
  ],
  ...['1e400', '-1e400', '-0', '1E-7', '9007199254740993', '123456789012345678901234567890', '0.1', 'NaN'],
  ...[
    'null',
    'true',
    '[]',
    '{}',
    '""',
    deep(9),
    deepObject(9),
    '/',
    '../',
    '%00',
    '2026-02-30',
    '9999-99-99',
  ],
]
/** Seldom, because they take their time: up to the largest frame, and deeper than a parser likes to recurse. */
const largeWords = [
  deep(20_000),
  deepObject(20_000),
  'A'.repeat(limits.envelopeBytes),
  'A'.repeat(limits.partBytes),
  'A~'.repeat(limits.noticeBytes / 2),
  '"'.repeat(limits.noticeBytes),
  '\\'.repeat(limits.frameBytes),
  'é'.repeat(limits.frameBytes / 2),
]

const word = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...words) },
  { weight: 30, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(...largeWords) },
)

const oddValues: unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    2 ** 53,
    -0,
    '',
    [],
    {},
    [[]],
    '2026-02-30',
    '__proto__',
    '\u202e',
    'a'.repeat(5000),
  ],
  ...[{ constructor: { prototype: {} } }, { length: -1 }, { toJSON: 1 }, Array(300).fill(0)],
  ...[JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"then":1}')],
]

const change: fc.Arbitrary<Change> = fc.record({
  level: fc.constantFrom<Level>('text', 'segment', 'json', 'segment json', 'segment json'),
  how: fc.constantFrom('flip', 'cut', 'double', 'insert', 'remove', 'swap'),
  at: fc.nat(),
  segment: fc.nat(7),
  length: fc.nat(40),
  word,
  value: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...oddValues) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  ),
})

export const changes: fc.Arbitrary<readonly Change[]> = fc.array(change, { minLength: 1, maxLength: 3 })

/** A good text with these changes. */
export function mutate(text: string, all: readonly Change[]): string {
  return all.reduce(apply, text)
}

function apply(text: string, of: Change): string {
  if (of.level === 'text') return textChanges[of.how](text, of)
  if (of.level === 'json') return jsonChanged(text, of)
  const inner = of.level === 'segment' ? textChanges[of.how] : jsonChanged
  return segmentChanged(text, of, within => inner(within, of))
}

const textChanges: Record<Change['how'], (text: string, of: Change) => string> = {
  flip: (text, { at, length }) => {
    const place = at % Math.max(1, text.length)
    const code = text.charCodeAt(place) ^ (1 << (length % 8))
    return text.slice(0, place) + String.fromCharCode(code || 1) + text.slice(place + 1)
  },
  cut: (text, { at }) => text.slice(0, at % (text.length + 1)),
  double: (text, { at, length }) => {
    const place = at % (text.length + 1)
    return text.slice(0, place + length) + text.slice(place)
  },
  insert: (text, { at, word }) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + word + text.slice(place)
  },
  remove: (text, { at, length }) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + text.slice(place + length)
  },
  swap: (text, { at, word }) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + word + text.slice(place + word.length)
  },
}

/** One of the segments between "." and "~", decoded, changed, and encoded again. */
function segmentChanged(text: string, { segment }: Change, change: (inner: string) => string): string {
  const pieces = text.split(/([.~])/)
  const at = (2 * segment) % (pieces.length + 1)
  const piece = pieces[at]
  if (piece === undefined) return text
  const changed = change(Buffer.from(piece, 'base64url').toString('utf8'))
  return pieces.with(at, Buffer.from(changed).toString('base64url')).join('')
}

/** A member or element is replaced, taken out or put in; no JSON is left as it is. */
function jsonChanged(text: string, of: Change): string {
  try {
    return valueChanged(JSON.parse(text), of)
  } catch {
    // No JSON, or nested deeper than this function reaches.
    return textChanges[of.how](text, of)
  }
}

function valueChanged(value: Json, of: Change): string {
  const holders = holdersIn(value)
  const holder = holders[of.at % Math.max(1, holders.length)]
  if (holder === undefined) return written(of.value)
  if (Array.isArray(holder)) changeArray(holder, of)
  else changeObject(holder, of)
  return written(value)
}

function holdersIn(value: Json): (Json[] | { [member: string]: Json })[] {
  if (typeof value !== 'object' || value === null) return []
  return [value, ...Object.values(value).flatMap(holdersIn)]
}

function changeArray(array: Json[], { how, segment, value }: Change): void {
  const at = segment % (array.length + 1)
  const first = array[at]
  if (how === 'remove' || how === 'cut') array.splice(at, 1)
  else if (how === 'double' && first !== undefined) array.splice(at, 0, first)
  else array.splice(at, how === 'insert' ? 0 : 1, value as Json)
}

function changeObject(object: { [member: string]: Json }, { how, length, word, value }: Change): void {
  const members = Object.keys(object)
  const member = members[length % Math.max(1, members.length)] ?? word
  if (how === 'remove' || how === 'cut') delete object[member]
  else {
    const name = how === 'insert' || how === 'double' ? word : member
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  }
}

/** The one form, where there is one. */
function written(value: unknown): string {
  try {
    return canonical(value)
  } catch (error) {
    if (isError(error)) return JSON.stringify(value) ?? 'null'
    throw error
  }
}
