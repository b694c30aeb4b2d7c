import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Frontier, frontierForm, gapsBetween, splitsBetween } from '../../protocol/frontier.ts'
import { sha256 } from '../../protocol/sha256.ts'

const heads = fc.dictionary(
  fc.constantFrom('QM', 'QN', 'XE'),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom(sha256('a'), sha256('b'))),
)
const frontier = fc.dictionary(fc.constantFrom('torture', 'capital'), heads) as fc.Arbitrary<Frontier>

function heightIn(of: Frontier, { channel, issuer }: { channel: string; issuer: string }): number {
  return of[channel]?.[issuer]?.[0] ?? 0
}

describe('gaps between two frontiers', () => {
  it('are exactly the places that one side lacks', () => {
    fc.assert(
      fc.property(frontier, frontier, (ours, theirs) => {
        const gaps = gapsBetween(ours, theirs)
        for (const [channel, issuers] of Object.entries(theirs)) {
          for (const issuer of Object.keys(issuers)) {
            const found = gaps.filter(gap => gap.channel === channel && gap.issuer === issuer)
            const [from, to] = [
              heightIn(ours, { channel, issuer }) + 1,
              heightIn(theirs, { channel, issuer }),
            ]
            expect(found).toEqual(from <= to ? [{ channel, issuer, from, to }] : [])
          }
        }
        expect(gaps.every(gap => heightIn(theirs, gap) === gap.to)).toBe(true)
      }),
    )
  })

  it('are none with itself, and never the same place in both directions', () => {
    fc.assert(
      fc.property(frontier, frontier, (ours, theirs) => {
        expect(gapsBetween(ours, ours)).toEqual([])
        const logOf = ({ channel, issuer }: { channel: string; issuer: string }) => `${channel}/${issuer}`
        const there = new Set(gapsBetween(theirs, ours).map(logOf))
        expect(gapsBetween(ours, theirs).filter(gap => there.has(logOf(gap)))).toEqual([])
      }),
    )
  })

  it('come with the shortest first', () => {
    const id = sha256('a')
    const gaps = gapsBetween({}, { torture: { QM: [900, id], QN: [2, id], XE: [30, id] } })
    expect(gaps.map(({ issuer }) => issuer)).toEqual(['QN', 'XE', 'QM'])
  })
})

describe('a split view', () => {
  it('is two ids at one place, never a mere difference of heights', () => {
    const [a, b] = [sha256('a'), sha256('b')]
    const ours: Frontier = { torture: { QM: [3, a], QN: [3, a], XE: [3, a] } }
    const theirs: Frontier = { torture: { QM: [3, b], QN: [4, b], XE: [3, a] }, capital: { QM: [3, b] } }
    expect(splitsBetween(ours, theirs)).toEqual([{ channel: 'torture', issuer: 'QM', seq: 3 }])
  })
})

describe('the form of a frontier', () => {
  it.each<[string, unknown]>([
    ['place 0', { torture: { QM: [0, sha256('a')] } }],
    ['a place without id', { torture: { QM: [1] } }],
    ['an id with stray bits', { torture: { QM: [1, `${sha256('a').slice(0, 42)}B`] } }],
    ['a member in lower case', { torture: { qm: [1, sha256('a')] } }],
    ['a channel in upper case', { Torture: {} }],
    ['a list', []],
  ])('does not allow %s', (_, value) => {
    expect(frontierForm.safeParse(value).success).toBe(false)
  })

  it('allows an empty channel, which is not the same as none', () => {
    expect(frontierForm.parse({ torture: {} })).toEqual({ torture: {} })
  })
})
