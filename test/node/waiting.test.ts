import { expect, test } from 'vitest'
import { limits, type VerifiedEnvelope } from '#protocol'
import { type VerifiedNotice, type Waiting, WaitingRoom } from '../../node/waiting.ts'
import { newNotice } from './store/builders.ts'

const log = 'torture/QM'

test('what waits is taken out at its place, once', () => {
  const room = new WaitingRoom()
  for (const seq of [3, 5]) room.keepAhead(log, waitingAt(seq))
  expect(room.takeAt(log, 2)).toBeUndefined()
  expect(room.takeAt('torture/QN', 3)).toBeUndefined()
  expect(room.takeAt(log, 3)?.notice.envelope.seq).toBe(3)
  expect(room.takeAt(log, 3)).toBeUndefined()
  expect(room.takeAt(log, 5)?.notice.envelope.seq).toBe(5)
})

test('a log that has gone on without them drops what waited before its head', () => {
  const room = new WaitingRoom()
  for (const seq of [3, 4, 9]) room.keepAhead(log, waitingAt(seq))
  expect(room.takeAt(log, 8)).toBeUndefined()
  expect([3, 4].map(seq => room.takeAt(log, seq))).toEqual([undefined, undefined])
  expect(room.takeAt(log, 9)).toBeDefined()
})

test('a log keeps no more than its limit, and the newest comer is dropped', () => {
  const room = new WaitingRoom()
  for (let seq = 2; seq <= limits.heldAheadPerLog + 2; seq++) room.keepAhead(log, waitingAt(seq))
  expect(room.takeAt(log, limits.heldAheadPerLog + 1)).toBeDefined()
  expect(room.takeAt(log, limits.heldAheadPerLog + 2)).toBeUndefined()
})

test('dropping what is past makes room again', () => {
  const room = new WaitingRoom()
  for (let seq = 2; seq <= limits.heldAheadPerLog + 1; seq++) room.keepAhead(log, waitingAt(seq))
  room.takeAt(log, 2)
  room.keepAhead(log, waitingAt(1000))
  expect(room.takeAt(log, 1000)).toBeDefined()
})

test('notices with unknown keys are counted by the peer that brought them, and all come out at once', () => {
  const room = new WaitingRoom()
  for (let seq = 1; seq <= limits.heldUnknownKeyPerPeer + 1; seq++) room.keepUnknownKey(waitingAt(seq, 'XD'))
  room.keepUnknownKey(waitingAt(1, 'XE'))
  expect(room.takeUnknownKeys().map(({ from }) => from)).toEqual([
    ...Array.from({ length: limits.heldUnknownKeyPerPeer }, () => 'XD'),
    'XE',
  ])
  expect(room.takeUnknownKeys()).toEqual([])
})

function waitingAt(seq: number, from = 'QN'): Waiting<VerifiedNotice> {
  const { envelope, parts } = newNotice({ seq })
  return { notice: { envelope: envelope as VerifiedEnvelope, parts }, road: 'gossip', from }
}
