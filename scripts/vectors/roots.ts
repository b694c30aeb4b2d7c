import { thumbprint } from '#protocol'
import { type CoordinatorKeys, demonstrationKey, publicOf } from '../alliance.ts'
import {
  coordinators,
  keys,
  listed,
  registry,
  root2,
  rootAfter,
  seed,
  signMembers,
  signRoot,
  strangersKey,
} from './alliance.ts'
import { newer, ofRoot, vector } from './registry-cases.ts'
import type { Vector } from './vector.ts'

/** Coordinator 1 with another key. */
const secondOf1: CoordinatorKeys = {
  format: 'focalpoint-coordinator-keys/1',
  demonstration: true,
  coordinator: 'coordinator-1',
  key: demonstrationKey(seed, 'coordinator-1', 'second'),
}
const twoKeysOf1 = await signRoot(
  rootAfter(registry, root => {
    root.coordinators = [...coordinators(1, 2, 3), secondOf1].map(listed)
  }),
)

export const rootVectors: Vector[] = [
  vector('accepted', 'root-2', 'The next root, with the threshold of the old and of the new.', {
    roots: [root2],
  }),
  vector('accepted', 'root-2-and-members', 'The next root and a members document under it.', {
    roots: [root2],
    members: await signMembers({ ...newer, rootVersion: 2 }, coordinators(1, 4)),
  }),
  await ofRoot(
    'signatures-too-few',
    'root-without-the-new',
    'Root 2 without the threshold of its own coordinators.',
    root => {
      root.coordinators = coordinators(1, 4, 5).map(listed)
    },
  ),
  await ofRoot(
    'signatures-too-few',
    'root-without-the-old',
    'Root 2 without the threshold of root 1.',
    root => {
      root.coordinators = coordinators(1, 4, 5).map(listed)
    },
    coordinators(1, 4, 5),
  ),
  await ofRoot('root-jump', 'root-jump', 'Root 3 where root 1 is in force.', root => {
    root.version = 3
  }),
  await ofRoot('root-chain-broken', 'root-chain-broken', 'Root 2 does not follow root 1.', root => {
    root.prevHash = 'A'.repeat(43)
  }),
  vector('root-conflict', 'root-conflict', 'Two signed roots with version 2: both are kept and shown.', {
    roots: [root2, await signRoot(rootAfter(registry))],
  }),
  await ofRoot('document-malformed', 'threshold-too-high', 'A threshold that nobody can meet.', root => {
    root.threshold = 4
  }),
  await ofRoot('document-malformed', 'coordinator-key-twice', 'One key of two coordinators.', root => {
    root.coordinators.push({
      id: 'coordinator-9',
      kid: thumbprint(coordinators(1)[0]?.key ?? strangersKey),
      jwk: publicOf(coordinators(1)[0]?.key ?? strangersKey),
    })
  }),
  vector('coordinator-repeated', 'coordinator-repeated', 'One coordinator signs with two keys.', {
    roots: [twoKeysOf1],
    members: await signMembers({ ...newer, rootVersion: 2 }, [...coordinators(1), secondOf1]),
  }),
  await ofRoot(
    'members-key-reused',
    'member-key-coordinates',
    "A member's signing key listed as a coordinator's.",
    root => {
      root.coordinators.push({
        id: 'coordinator-9',
        kid: thumbprint(keys.XE.signing),
        jwk: publicOf(keys.XE.signing),
      })
    },
  ),
]
