import { expect, test } from 'vitest'
import { type Envelope, type Registry, sha256, type VerifiedEnvelope } from '#protocol'
import { EndChains } from '../../node/end-chains.ts'
import type { VerifiedNotice } from '../../node/waiting.ts'

const log = { channel: 'torture', issuer: 'QM' }
const neverFrozen = { frozenAt: () => Number.POSITIVE_INFINITY }

test('a chain is whole once it reaches down to a notice that is held, whatever the order it came in', () => {
  const { chains, right } = parted({ heldTo: 3, partedAfter: 1 })
  const [second, third, fourth] = right
  chains.differs(log)
  expect(chains.isAwaited(fourth.envelope)).toBe(true)
  expect(chains.gather(fourth, 'XD')).toBeUndefined()
  expect(chains.gather(second, 'XD')).toBeUndefined()
  expect(idsOf(chains.gather(third, 'XD'))).toEqual(idsOf([second, third, fourth]))
})

test('what a peer brings of another branch completes nothing, and spoils no chain that others bring', () => {
  const { chains, right, left } = parted({ heldTo: 3, partedAfter: 1 })
  chains.differs(log)
  for (const notice of left) expect(chains.gather(notice, 'XH')).toBeUndefined()
  for (let count = 0; count < 20; count++) {
    expect(chains.gather(noticeAt(3, sha256(`nobody ${count}`), `junk ${count}`), 'XH')).toBeUndefined()
  }
  const [second, third, fourth] = right
  chains.gather(second, 'XD')
  chains.gather(third, 'XD')
  expect(idsOf(chains.gather(fourth, 'XD'))).toEqual(idsOf([second, third, fourth]))
})

test('a log is asked for again only while it is known to differ from what the registry names', () => {
  const { chains, right } = parted({ heldTo: 1, partedAfter: 1 })
  expect(chains.wanted()).toEqual([])
  const [second, third] = right
  expect(chains.isAwaited(second.envelope)).toBe(false)
  // A break shows it: the next place follows another notice than ours.
  const stranger = noticeAt(2, sha256('another first'), 'stranger')
  expect(chains.isAwaited(stranger.envelope)).toBe(true)
  expect(chains.wanted()).toEqual([{ ...log, after: 0 }])
  expect(chains.isAwaited(third.envelope)).toBe(true)
})

test('above the end nothing is awaited: it is void', () => {
  const { chains } = parted({ heldTo: 3, partedAfter: 1 })
  chains.differs(log)
  expect(chains.isAwaited(noticeAt(5, sha256('four'), 'five').envelope)).toBe(false)
})

/** A log of which we hold a branch, and the branch that the registry ends at place 4. */
function parted({ heldTo, partedAfter }: { heldTo: number; partedAfter: number }) {
  const shared = branch('shared', null, 1, partedAfter)
  const parting = shared.at(-1)?.envelope.id ?? null
  const left = branch('left', parting, partedAfter + 1, 4)
  const right = branch('right', parting, partedAfter + 1, 4)
  const held = [...shared, ...left].slice(0, heldTo).map(({ envelope }) => envelope)
  const end = { seq: 4, id: right.at(-1)?.envelope.id ?? null }
  const members = [
    {
      id: 'QM',
      nodes: [],
      recovery: [],
      signing: [{ kid: 'k', from: { torture: 1 }, end: { torture: end } }],
    },
  ]
  const registry = { members: { members } } as unknown as Registry
  const chains = new EndChains({
    registry: () => registry,
    forks: neverFrozen,
    tips: {
      idAt: ({ seq }) => held[seq - 1]?.id,
      of: () => {
        const tip = held.at(-1)
        return tip && { seq: tip.seq, id: tip.id, iat: 0 }
      },
    },
  })
  return {
    chains,
    left,
    right: right as unknown as readonly [VerifiedNotice, VerifiedNotice, VerifiedNotice],
  }
}

function branch(name: string, after: string | null, from: number, to: number): VerifiedNotice[] {
  const notices: VerifiedNotice[] = []
  for (let seq = from, prev = after; seq <= to; seq++) {
    const notice = noticeAt(seq, prev, `${name} ${seq}`)
    notices.push(notice)
    prev = notice.envelope.id
  }
  return notices
}

function noticeAt(seq: number, prev: string | null, words: string): VerifiedNotice {
  const envelope: Partial<Envelope> = { ...log, seq, prev, id: sha256(words), kid: 'k' }
  return { envelope: envelope as VerifiedEnvelope, parts: [] }
}

function idsOf(notices: readonly VerifiedNotice[] | undefined): string[] | undefined {
  return notices?.map(({ envelope }) => envelope.id)
}
