import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../protocol/canonical.ts'
import type { Draft } from '../../protocol/draft.ts'
import { parseEnvelope, signEnvelope } from '../../protocol/envelope.ts'
import { checkFollows, type Head, nextNotice, sealedType } from '../../protocol/log.ts'
import { noticeText, parseNotice } from '../../protocol/notice.ts'
import { importPrivateKey, thumbprint } from '../../protocol/registry/index.ts'
import { keys, net } from '../../scripts/vectors/alliance.ts'
import { saltOf, write } from '../../scripts/vectors/writing.ts'
import { get, outcomeOf, verified } from './builders.ts'

const draft: Draft = {
  type: 'denial',
  body: { text: { en: 'An application was refused.' } },
  nominal: { consignee: { name: 'Unnamed Trading' } },
  readers: ['QN'],
  parts: { body: { to: 'channel', until: '2036-12-31' }, nominal: { to: 'named' } },
  refs: [{ id: write().id, rel: 'follows' }],
}

function nextOf(change: Partial<Draft> = {}, head?: Head) {
  let salts = 0
  const salt = () => saltOf(`next ${salts++}`)
  return nextNotice(
    { ...draft, ...change },
    { issuer: 'QM', channel: 'torture', head, iat: 7, members: 2, salt },
  )
}

describe('the next notice of a log', () => {
  it('takes the place after the head, or the first', () => {
    expect(nextOf().payload).toMatchObject({ seq: 1, prev: null })
    const id = write().id
    expect(nextOf({}, { seq: 41, id }).payload).toMatchObject({ seq: 42, prev: id })
  })

  it('says in its envelope nothing of what its parts hold', () => {
    const { payload } = nextOf()
    expect(canonical(payload)).not.toMatch(/refused|Unnamed|QN/)
    expect(payload).toMatchObject({ type: 'denial', members: 2, iat: 7, iss: 'QM', refs: draft.refs })
  })

  it('has one sorted digest and one rule for each part, readers among them', () => {
    const { payload, parts } = nextOf()
    expect(parts.map(({ name }) => name)).toEqual(['body', 'nominal', 'readers'])
    expect(payload._sd).toEqual(parts.map(({ digest }) => digest).sort())
    const [body, nominal, readers] = parts.map(({ digest }) => digest)
    expect(payload.parts).toEqual({
      body: { digest: body, ...draft.parts.body },
      nominal: { digest: nominal, ...draft.parts.nominal },
      readers: { digest: readers, to: 'named' },
    })
  })

  it('salts each part anew, so that equal content has unequal digests', () => {
    const { parts } = nextOf({ nominal: draft.body })
    expect(get(parts, 0).digest).not.toBe(get(parts, 1).digest)
  })

  it('leaves out what is empty or false', () => {
    const { payload } = nextOf({ refs: [], exercise: false })
    expect(payload).not.toHaveProperty('refs')
    expect(payload).not.toHaveProperty('exercise')
    expect(nextOf({ exercise: true }).payload.exercise).toBe(true)
  })

  it('is sealed when no part is for the channel: type and references stand in the body', () => {
    const { payload, parts } = nextOf({ parts: { body: { to: 'named' }, nominal: { to: 'named' } } })
    expect(payload.type).toBe(sealedType)
    expect(payload).not.toHaveProperty('refs')
    expect(get(parts, 0).value).toEqual({ type: 'denial', body: draft.body, refs: draft.refs })
  })

  it('once signed reads back as it was made, and verifies', async () => {
    const { payload, parts } = nextOf()
    const key = await importPrivateKey(keys.QM.signing)
    const jws = await signEnvelope(payload, { kid: thumbprint(keys.QM.signing), net, key })
    const envelope = parseEnvelope(jws, { net })
    const read = parseNotice(noticeText({ envelope, parts: [...parts].reverse() }), { net })
    expect(read).toEqual({ envelope, parts, dropped: [] })
    expect(envelope).toMatchObject({ issuer: 'QM', seq: 1, members: 2, refs: draft.refs, exercise: false })
    await expect(verified(read.envelope)).resolves.toBe(read.envelope)
  })
})

describe('what follows in a log', () => {
  const id = write().id
  const other = write({ payload: { iat: 1 } }).id
  const envelopeAt = (seq: number, prev: string | null) =>
    parseEnvelope(write({ payload: { seq, prev } }).jws, { net })

  it('is the place after the head, with its id before it', () => {
    expect(outcomeOf(() => checkFollows(undefined, envelopeAt(1, null)))).toBeUndefined()
    expect(outcomeOf(() => checkFollows({ seq: 3, id }, envelopeAt(4, id)))).toBeUndefined()
  })

  it('for any head and place has one answer, by places first and by the link then', () => {
    const place = fc.integer({ min: 0, max: 6 })
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 6 }), fc.boolean(), (head, seq, links) => {
        const envelope = envelopeAt(seq, seq === 1 ? null : links ? id : other)
        const held = head === 0 ? undefined : { seq: head, id }
        const expected =
          seq > head + 1 ? 'gap' : seq <= head ? 'fork' : seq > 1 && !links ? 'chain-broken' : undefined
        expect(outcomeOf(() => checkFollows(held, envelope))).toBe(expected)
      }),
    )
  })

  it('does not depend on claimed time', () => {
    const early = parseEnvelope(write({ payload: { seq: 4, prev: id, iat: 0 } }).jws, { net })
    expect(outcomeOf(() => checkFollows({ seq: 3, id }, early))).toBeUndefined()
  })
})
