import {
  coordinators,
  firstKeyOf,
  memberOf,
  registry,
  secondKey,
  signingKey,
  signMembers,
} from './alliance.ts'
import { newer, ofMembers, vector } from './registry-cases.ts'
import type { Vector } from './vector.ts'
export const goodMembers: Vector[] = [
  vector('accepted', 'members-2', 'The next members document, signed by two of three.', {
    members: await signMembers(newer),
  }),
  vector('accepted', 'members-by-all', 'Signed by all three.', {
    members: await signMembers(newer, coordinators(1, 2, 3)),
  }),
  vector('accepted', 'members-9', 'Any higher version: over a gap the hash is of a document not seen.', {
    members: await signMembers({ ...newer, version: 9, prevHash: 'A'.repeat(43) }),
  }),
  vector('accepted', 'members-same', 'The document in force once more changes nothing.', {
    members: registry.signedMembers,
  }),
  await ofMembers(
    'accepted',
    'unknown-members',
    'Members of a document that are not known today are carried.',
    next => {
      Object.assign(next, { seals: 3 })
      Object.assign(memberOf(next, 'XE'), { region: 'north' })
    },
  ),
  await ofMembers('accepted', 'key-rotated', 'A key ends and another speaks from the next place.', next => {
    firstKeyOf(next, 'QM').end = { torture: { seq: 3, id: 'A'.repeat(43) }, capital: { seq: 0, id: null } }
    memberOf(next, 'QM').signing.push(signingKey(secondKey, { torture: 4, capital: 1 }))
  }),
  await ofMembers('accepted', 'channel-joined', 'An open key gains a channel.', next => {
    memberOf(next, 'XE').channels.push('capital')
    firstKeyOf(next, 'XE').from.capital = 1
  }),
  await ofMembers(
    'accepted',
    'recovery-removed',
    'A recovery key may go: nothing was ever judged by it.',
    next => {
      memberOf(next, 'XE').recovery = []
    },
  ),
  await ofMembers(
    'accepted',
    'suspended',
    'A suspended member has its keys ended in the same document.',
    next => {
      memberOf(next, 'XE').status = 'suspended'
      firstKeyOf(next, 'XE').end = { torture: { seq: 0, id: null } }
    },
  ),
]
