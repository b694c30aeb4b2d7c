import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeText } from '../../protocol/base64url.ts'
import { canonical, type Json } from '../../protocol/canonical.ts'
import { limits } from '../../protocol/limits.ts'
import {
  channelPartNames,
  checkCommitted,
  isForChannel,
  makePart,
  parsePart,
  partNames,
} from '../../protocol/parts.ts'
import { sha256 } from '../../protocol/sha256.ts'
import { threeParts } from '../../scripts/vectors/notice-parts.ts'
import { bodyForAll, saltOf } from '../../scripts/vectors/writing.ts'
import { envelopeOf, outcomeOf } from './builders.ts'

const salt = saltOf('parts')
const value = fc.jsonValue({ maxDepth: 4 })

describe('a part', () => {
  it('reads back as it was made', () => {
    fc.assert(
      fc.property(value, said => {
        const part = makePart('body', said as Json, salt)
        expect(parsePart(part.text)).toEqual({ ...part, value: JSON.parse(canonical(said)) })
        expect(part.digest).toBe(sha256(part.text))
      }),
    )
  })

  it('has another digest after any change of salt, name or value', () => {
    const digests = [
      makePart('body', { a: 1 }, salt),
      makePart('body', { a: 2 }, salt),
      makePart('nominal', { a: 1 }, salt),
      makePart('body', { a: 1 }, saltOf('another')),
    ].map(({ digest }) => digest)
    expect(new Set(digests).size).toBe(4)
  })

  it('is salted as RFC 9901 shows in section 4.2.1, in JCS and with 128 bits', () => {
    const text = encodeText(`["${salt}","body",{"a":1}]`)
    expect(parsePart(text)).toEqual({ name: 'body', value: { a: 1 }, text, digest: sha256(text) })
  })

  it.each<[string, string, string]>([
    ['part-malformed', 'a salt of 120 bits', `["${salt.slice(0, 20)}","body",{}]`],
    ['part-malformed', 'a salt of 256 bits', `["${sha256('x')}","body",{}]`],
    ['part-malformed', 'a salt with stray bits', `["${salt.slice(0, 21)}B","body",{}]`],
    ['part-malformed', 'a number for a salt', '[1,"body",{}]'],
    ['part-malformed', 'two elements', `["${salt}","body"]`],
    ['part-malformed', 'four elements', `["${salt}","body",{},1]`],
    ['part-malformed', 'a name in upper case', `["${salt}","Body",{}]`],
    ['part-malformed', 'a name that JavaScript has', `["${salt}","__proto__",{}]`],
    ['part-malformed', 'no list', '{"body":{}}'],
    ['payload-not-canonical', 'a space', `["${salt}", "body",{}]`],
    ['payload-not-canonical', 'members out of order', `["${salt}","body",{"b":1,"a":1}]`],
    ['payload-too-deep', 'nine levels', `["${salt}","body",${'['.repeat(8)}${']'.repeat(8)}]`],
  ])('is refused as %s with %s', (code, _, content) => {
    expect(outcomeOf(() => parsePart(encodeText(content)))).toBe(code)
  })

  it('may fill its limit and not pass it', () => {
    const room = (limits.partBytes / 4) * 3 - canonical([salt, 'body', '']).length
    expect(makePart('body', 'x'.repeat(room), salt).text).toHaveLength(limits.partBytes)
    expect(outcomeOf(() => makePart('body', 'x'.repeat(room + 1), salt))).toBe('part-too-large')
    const larger = encodeText(canonical([salt, 'body', 'x'.repeat(room + 1)]))
    expect(outcomeOf(() => parsePart(larger))).toBe('part-malformed')
  })

  it('any change of one character of its text makes another part or none', () => {
    const part = makePart('body', { text: { en: 'An application was refused.' } }, salt)
    const envelope = envelopeOf({ parts: [{ ...bodyForAll, value: part.value, salt }] })
    expect(outcomeOf(() => checkCommitted(envelope, part))).toBeUndefined()
    fc.assert(
      fc.property(fc.nat(part.text.length - 1), fc.constantFrom(...'ABab01-_=~ '), (at, char) => {
        const changed = part.text.slice(0, at) + char + part.text.slice(at + 1)
        if (changed === part.text) return
        expect(outcomeOf(() => checkCommitted(envelope, parsePart(changed)))).toBeTypeOf('string')
      }),
    )
  })
})

describe('whom a part is for', () => {
  const envelope = envelopeOf({ parts: [...threeParts, { ...bodyForAll, name: 'annex', to: 'observers' }] })

  it('is the channel only where the envelope says so: an unknown audience counts as named', () => {
    expect(partNames(envelope)).toEqual(['annex', 'body', 'nominal', 'readers'])
    expect(channelPartNames(envelope)).toEqual(['body'])
    expect(['annex', 'body', 'nominal', 'constructor'].map(name => isForChannel(envelope, name))).toEqual([
      false,
      true,
      false,
      false,
    ])
  })

  it('is nobody where the issuer did not sign the part', () => {
    const foreign = makePart('body', 'forged', salt)
    expect(outcomeOf(() => checkCommitted(envelope, foreign))).toBe('part-not-committed')
  })
})
