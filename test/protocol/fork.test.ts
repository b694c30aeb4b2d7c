import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Envelope, parseEnvelope } from '../../protocol/envelope.ts'
import { forkBetween, forkProofText, parseForkProof } from '../../protocol/fork.ts'
import { limits } from '../../protocol/limits.ts'
import { net } from '../../scripts/vectors/alliance.ts'
import { branchAt3, branchAt4, log } from '../../scripts/vectors/logs.ts'
import { write } from '../../scripts/vectors/writing.ts'
import { outcomeOf } from './builders.ts'

const honest = log.map(({ jws }) => parseEnvelope(jws, { net }))
const other = [branchAt3, branchAt4].map(({ jws }) => parseEnvelope(jws, { net }))
const all = [...honest, ...other]

describe('a fork between two envelopes', () => {
  it('is there whichever comes first, and is one text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (a, b) => {
        const [one, two] = [forkBetween(a, b), forkBetween(b, a)]
        expect(one && forkProofText(one)).toBe(two && forkProofText(two))
      }),
    )
  })

  it('is never within one honest log', () => {
    for (const a of honest) for (const b of honest) expect(forkBetween(a, b)).toBeUndefined()
  })

  it('is two ids at one place, or a link to another notice', () => {
    const forked = (a: Envelope | undefined, b: Envelope | undefined) => a && b && forkBetween(a, b)?.seq
    expect(forked(honest[2], other[0])).toBe(3)
    expect(forked(honest[3], other[1])).toBe(4)
    expect(forked(honest[2], other[1])).toBe(3)
    expect(forked(honest[3], other[0])).toBe(3)
    expect(forked(honest[1], other[0])).toBeUndefined()
    expect(forked(honest[1], other[1])).toBeUndefined()
  })

  it('is read back from its text', () => {
    for (const a of all) {
      for (const b of all) {
        const proof = forkBetween(a, b)
        if (proof) expect(parseForkProof(forkProofText(proof), { net })).toEqual(proof)
      }
    }
  })
})

it('a proof of the two largest envelopes there can be has room within its limit', () => {
  const large = (iat: number) => {
    const text = (length: number) => write({ payload: { v: 2, iat, more: 'x'.repeat(length) } }).jws
    let length = 2000
    while (text(length + 1).length <= limits.envelopeBytes) length += 1
    return parseEnvelope(text(length), { net })
  }
  const proof = forkBetween(large(1), large(2))
  expect(proof?.a.jws.length).toBeGreaterThan(limits.envelopeBytes - 4)
  expect(outcomeOf(() => proof && parseForkProof(forkProofText(proof), { net }))).toEqual(proof)
})
