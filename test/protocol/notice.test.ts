import { hash } from 'node:crypto'
import { SDJwtInstance } from '@sd-jwt/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from '../../protocol/limits.ts'
import { noticeText, parseGossip, parseNotice } from '../../protocol/notice.ts'
import { net } from '../../scripts/vectors/alliance.ts'
import { threeParts } from '../../scripts/vectors/notice-parts.ts'
import { base64url, bodyForAll, saltOf, textOf, write } from '../../scripts/vectors/writing.ts'
import { keyOfQM, outcomeOf, verified } from './builders.ts'

const written = write({ parts: threeParts })
const read = (text: string) => parseNotice(text, { net })
const gossip = (text: string) => parseGossip(text, { net, channel: 'torture' })

describe('a notice', () => {
  it('is one text: what is read is written again as it was, with any of its parts', () => {
    fc.assert(
      fc.property(fc.subarray(written.disclosures), some => {
        const text = textOf(written.jws, some)
        const notice = read(text)
        expect(noticeText(notice)).toBe(text)
        expect(noticeText({ ...notice, parts: [...notice.parts].reverse() })).toBe(text)
        expect(notice.dropped).toEqual([])
        expect(notice.envelope.id).toBe(written.id)
      }),
    )
  })

  it('is refused, or loses the part, after any change of one character', async () => {
    const { text } = written
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~= '
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom(...alphabet), async (at, char) => {
        const changed = text.slice(0, at) + char + text.slice(at + 1)
        if (changed === text) return
        const notice = outcomeOf(() => read(changed))
        if (typeof notice === 'string') return
        const holds = await verified(notice.envelope).then(
          () => true,
          () => false,
        )
        expect(holds && notice.parts.length === 3).toBe(false)
        expect(outcomeOf(() => gossip(changed))).not.toMatchObject({ parts: [{}, {}, {}] })
      }),
      { numRuns: 1000 },
    )
  })

  it('keeps its envelope when a part is bad, wherever the part stands', () => {
    const forged = base64url(`["${saltOf('forged')}","annex",{}]`)
    const { parts, dropped, envelope } = read(textOf(written.jws, [forged, ...written.disclosures]))
    expect(parts.map(({ name }) => name)).toEqual(['body', 'nominal', 'readers'])
    expect(dropped.map(({ code }) => code)).toEqual(['part-not-committed'])
    expect(envelope.id).toBe(written.id)
  })

  it('of more than its limit is refused before anything is read', () => {
    const text = `${written.text}${'A'.repeat(limits.noticeBytes)}~`
    expect(outcomeOf(() => read(text))).toBe('notice-too-large')
    expect(outcomeOf(() => gossip(text))).toBe('notice-too-large')
  })
})

describe('a notice by gossip', () => {
  const twoForAll = write({ parts: [bodyForAll, { ...bodyForAll, name: 'nominal' }] })

  it('passes with exactly the parts for the channel, of all that a relay could make of it', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...twoForAll.disclosures, ...twoForAll.disclosures], { maxLength: 4 }),
        some => {
          const isExact = some.join() === twoForAll.disclosures.join()
          const outcome = outcomeOf(() => gossip(textOf(twoForAll.jws, some)))
          if (isExact) expect(outcome).toMatchObject({ parts: [{ name: 'body' }, { name: 'nominal' }] })
          else expect(outcome).toMatch(/^part-(stripped|duplicated)$/)
        },
      ),
    )
  })

  it('never brings a part for named readers', () => {
    for (const some of [written.disclosures, written.disclosures.slice(0, 2)]) {
      expect(outcomeOf(() => gossip(textOf(written.jws, some)))).toBe('part-exposed')
    }
    expect(outcomeOf(() => gossip(textOf(written.jws, written.disclosures.slice(0, 1))))).toMatchObject({
      parts: [{ name: 'body' }],
    })
  })

  it('belongs to the channel of its topic', () => {
    const { text } = write({ payload: { channel: 'capital' } })
    expect(outcomeOf(() => gossip(text))).toBe('channel-differs')
    expect(outcomeOf(() => parseGossip(text, { net, channel: 'capital' }))).toMatchObject({
      envelope: { channel: 'capital' },
    })
  })

  it('is told of its channel before its parts are looked at', () => {
    const { text } = write({ payload: { channel: 'capital' }, carried: () => [] })
    expect(outcomeOf(() => gossip(text))).toBe('channel-differs')
  })
})

it('a part that is not in _sd passes @sd-jwt/core and is refused here (trap 16b)', async () => {
  const forged = base64url(`["${saltOf('forged')}","annex",{"text":"granted"}]`)
  const text = textOf(written.jws, [forged])
  const library = new SDJwtInstance({
    hasher: data =>
      Uint8Array.from(hash('sha256', typeof data === 'string' ? data : Buffer.from(data), 'buffer')),
    hashAlg: 'sha-256',
    verifier: (data, signature) =>
      crypto.subtle.verify(
        'Ed25519',
        keyOfQM,
        Buffer.from(signature, 'base64url'),
        new TextEncoder().encode(data),
      ),
  })
  await expect(library.verify(text)).resolves.toBeDefined()
  expect(outcomeOf(() => gossip(text))).toBe('part-not-committed')
  expect(read(text).dropped.map(({ code }) => code)).toEqual(['part-not-committed'])
})
