import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { base32, decodeText, encodeText } from '../../protocol/base64url.ts'
import { outcomeOf } from './builders.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const text = fc.string({ unit: 'binary', minLength: 1 }).filter(each => each.isWellFormed())

describe('base64url', () => {
  it('gives back every text', () => {
    fc.assert(
      fc.property(text, each => {
        expect(decodeText(encodeText(each))).toBe(each)
      }),
    )
  })

  it('has one form: another last character is another text or refused', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...alphabet), (each, last) => {
        const encoded = encodeText(each)
        const other = encoded.slice(0, -1) + last
        if (other !== encoded) expect(outcomeOf(() => decodeText(other))).not.toBe(each)
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['padding', 'YQ=='],
    ['stray bits', 'YR'],
    ['a space', 'YW I'],
    ['a line feed at the end', 'YWI\n'],
    ['the alphabet of plain base64', '-_+/'],
    ['a length that no bytes have', 'YWJjZ'],
    ['bytes that are not UTF-8', '7aCA'],
    ['an overlong form', 'wIA'],
  ])('refuses %s', (_, encoded) => {
    expect(outcomeOf(() => decodeText(encoded))).toBe('text-not-canonical')
  })

  it('keeps a byte order mark as a character, so that JSON refuses it', () => {
    expect(decodeText(encodeText('\ufeff{}'))).toBe('\ufeff{}')
  })
})

describe('base32', () => {
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('has the values of RFC 4648, section 10, in lower case without padding: "%s"', (bytes, expected) => {
    expect(base32(new TextEncoder().encode(bytes))).toBe(expected)
  })

  it('gives 52 characters for 32 bytes, and another text for other bytes', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        expect(base32(one)).toMatch(/^[a-z2-7]{52}$/)
        expect(base32(one) === base32(other)).toBe(Buffer.from(one).equals(other))
      }),
    )
  })
})
