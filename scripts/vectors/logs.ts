import { trustText } from '#protocol'
import { keys, registry, secondKey, withSecondKey } from './alliance.ts'
import type { Vector, VectorFile } from './vector.ts'
import { type NoticePlan, type Written, write, writtenAt } from './writing.ts'

/** QM's log of four notices in `torture`, and another branch of it from place 3. */
export const log: Written[] = []
for (const seq of [1, 2, 3, 4]) log.push(writePlace(seq))

export const branchAt3 = writePlace(3, { iat: writtenAt + 1 })
export const branchAt4 = write({ payload: { seq: 4, prev: branchAt3.id } })

function writePlace(seq: number, payload: NoticePlan['payload'] = {}, key = keys.QM.signing): Written {
  return write({ key, payload: { seq, prev: log[seq - 2]?.id ?? null, ...payload } })
}

export function place(seq: number): Written {
  const notice = log[seq - 1]
  if (notice === undefined) throw new TypeError(`The log has no place ${seq}.`)
  return notice
}

/** QM's first key ended at place 3, its second speaks from place 4. */
export const rotated = await withSecondKey({ seq: 3, id: place(3).id })

interface Case {
  name: string
  what: string
  /** How many places of the log are held. */
  held: number
  notice: Written
  /** Members document 2 is in force. */
  rotated?: boolean
  /** Whether the chain that ends in the key's `end` holds this notice. */
  onEndChain?: boolean
}

function vector(expect: string, { name, what, held, notice, rotated, onEndChain }: Case): Vector {
  const head = held === 0 ? null : { seq: held, id: place(held).id }
  return {
    name,
    what,
    trust: rotated ? 'trust-2.json' : 'trust.json',
    head,
    ...(onEndChain === undefined ? {} : { onEndChain }),
    text: notice.text,
    expect,
  }
}

const second = writePlace(4, {}, secondKey)

export const logVectors: VectorFile = {
  about:
    'A node that goes by the registry in `trust` and whose head of this log is `head` is given `text`. `onEndChain` ' +
    "(where it is asked) says whether the chain that ends in the key's `end` holds the notice.",
  vectors: [
    vector('accepted', { name: 'first', what: 'The first notice of a log.', held: 0, notice: place(1) }),
    vector('accepted', { name: 'next', what: 'The next one.', held: 2, notice: place(3) }),
    vector('accepted', {
      name: 'time-decreasing',
      what: 'A claimed time before that of the notice before is no reason to refuse.',
      held: 3,
      notice: writePlace(4, { iat: 1 }),
    }),
    vector('gap', { name: 'gap', what: 'Place 3 is missing.', held: 2, notice: place(4) }),
    vector('gap', {
      name: 'gap-from-nothing',
      what: 'Places 1 and 2 are missing.',
      held: 0,
      notice: place(3),
    }),
    vector('fork', { name: 'fork', what: 'Another notice has this place.', held: 3, notice: branchAt3 }),
    vector('fork', {
      name: 'fork-below',
      what: 'Another notice has this place, and more follow it.',
      held: 4,
      notice: branchAt3,
    }),
    vector('chain-broken', {
      name: 'chain-broken',
      what: 'It follows another notice than the head.',
      held: 3,
      notice: branchAt4,
    }),
    vector('accepted', {
      name: 'at-end',
      what: 'The last notice of a key that has ended.',
      held: 2,
      notice: place(3),
      rotated: true,
      onEndChain: true,
    }),
    vector('accepted', {
      name: 'before-end',
      what: 'A notice before the end, on the chain that ends there.',
      held: 1,
      notice: place(2),
      rotated: true,
      onEndChain: true,
    }),
    vector('accepted', {
      name: 'second-key',
      what: 'The first notice of the key that comes after.',
      held: 3,
      notice: second,
      rotated: true,
    }),
    vector('notice-void', {
      name: 'after-end',
      what: 'A notice of the ended key after its end.',
      held: 3,
      notice: place(4),
      rotated: true,
      onEndChain: false,
    }),
    vector('notice-void', {
      name: 'at-end-another',
      what: 'Another notice at the very place of the end.',
      held: 2,
      notice: branchAt3,
      rotated: true,
      onEndChain: false,
    }),
    vector('notice-void', {
      name: 'before-end-another-branch',
      what: 'A notice before the end that is not on the chain that ends there.',
      held: 1,
      notice: writePlace(2, { iat: writtenAt + 1 }),
      rotated: true,
      onEndChain: false,
    }),
    vector('notice-void', {
      name: 'below-from',
      what: 'A notice of the second key below its `from`.',
      held: 2,
      notice: writePlace(3, {}, secondKey),
      rotated: true,
    }),
    vector('notice-void', {
      name: 'ended-unused',
      what: 'A key that ended unused in a channel speaks nowhere in it.',
      held: 0,
      notice: write({ payload: { channel: 'capital' } }),
      rotated: true,
      onEndChain: false,
    }),
    vector('key-unknown', {
      name: 'second-key-not-yet',
      what: 'The second key is unknown to who holds the older registry.',
      held: 3,
      notice: second,
    }),
  ],
}

export const trustFiles: [string, string][] = [
  ['trust.json', trustText(registry)],
  ['trust-2.json', trustText(rotated)],
]
