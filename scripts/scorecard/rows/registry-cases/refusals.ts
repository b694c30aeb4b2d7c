import { netOf, signDocument, thumbprint } from '#protocol'
import { keysOfMember, publicOf } from '../../../alliance.ts'
import type { RegistryCase } from './case.ts'
import { listed, members1, members2, root2, signed, trustOf } from './documents.ts'

import {
  narrowed,
  nowhere,
  ofMembers,
  ofRoot,
  ofSigned,
  otherRoot2,
  rootWithTwoKeys,
  secondOf0,
  section4,
  seed,
  underTwoKeys,
  withEnd,
} from './refusal-builders.ts'

import { authority } from './refusals-of-authority.ts'

// Each refusal of section 4 of the protocol, and beside it what is nearest to it and must pass.

const roots: readonly RegistryCase[] = [
  await ofRoot('next root', 'Root 2 as it should be.', 'accepted', () => {}),
  await ofRoot('jump of roots', 'Root 3 where root 1 is in force.', 'root-jump', root => {
    root.version = 3
  }),
  section4(
    'rollback of roots',
    'A trust file that begins with root 2.',
    'root-jump',
    [],
    trustOf([await root2()], members1),
  ),
  await ofRoot('root that follows another', 'Another hash of root 1.', 'root-chain-broken', root => {
    root.prevHash = nowhere
  }),
  section4('two roots with one version', 'Two signed roots 2.', 'root-conflict', [
    { roots: [narrowed] },
    { roots: [otherRoot2] },
  ]),
  await ofRoot(
    'root without the threshold of the old',
    'New coordinators alone sign themselves in.',
    'signatures-too-few',
    root => {
      root.coordinators = [5, 6, 7].map(listed)
    },
    [5, 6, 7],
  ),
  await ofRoot(
    'root without the threshold of the new',
    'The old coordinators hand over to people who have not signed.',
    'signatures-too-few',
    root => {
      root.coordinators = [5, 6, 7].map(listed)
    },
  ),
  await ofRoot(
    'root signed by a stranger too',
    'Enough coordinators, and one more who is none.',
    'signature-of-unknown-coordinator',
    () => {},
    [0, 1, 2, 9],
  ),
  await ofRoot('threshold that nobody can meet', 'Six of five.', 'document-malformed', root => {
    root.threshold = 6
  }),
  await ofRoot('threshold of nobody', 'None must sign.', 'document-malformed', root => {
    root.threshold = 0
  }),
  await ofRoot(
    "a member's key as a coordinator's",
    'Who signs notices would decide over members.',
    'members-key-reused',
    root => {
      const { signing } = keysOfMember(seed, 'XE')
      root.coordinators.push({ id: 'coordinator-9', kid: thumbprint(signing), jwk: publicOf(signing) })
    },
  ),
  section4('root larger than it may be', 'A root of more than 64 KiB.', 'document-too-large', [
    { roots: [await root2(root => void Object.assign(root, { filler: 'x'.repeat(65_536) }))] },
  ]),
]

const members: readonly RegistryCase[] = [
  await ofMembers('next members', 'Members 2 as it should be.', 'accepted', () => {}),
  await ofMembers('any higher version', 'Members 9 after members 1.', 'accepted', next => {
    Object.assign(next, { version: 9, prevHash: nowhere })
  }),
  await ofMembers('rollback', 'Version 0 is no version.', 'document-malformed', next => {
    next.version = 0
  }),
  await ofMembers('jump of versions', 'The highest number there is.', 'members-jump', next => {
    next.version = Number.MAX_SAFE_INTEGER
  }),
  section4('rollback to version 1', 'Version 1 where 2 is in force.', 'members-rollback', [
    { members: await members2() },
    { members: members1 },
  ]),
  section4('two documents with one version', 'Two signed documents 2.', 'members-conflict', [
    { members: await members2() },
    { members: withEnd },
  ]),
  await ofMembers('too few signatures', 'Two of the three needed.', 'signatures-too-few', () => {}, [0, 1]),
  await ofMembers('no signature', 'Nobody has signed.', 'signatures-too-few', () => {}, []),
  await ofSigned('one key twice', 'Two coordinators, one of them twice.', 'signature-repeated', good => ({
    ...good,
    signatures: [...good.signatures.slice(0, 2), ...good.signatures.slice(0, 1)],
  })),
  section4('one coordinator twice', 'Two keys of one coordinator.', 'coordinator-repeated', [
    { roots: [rootWithTwoKeys] },
    {
      members: {
        document: underTwoKeys,
        signatures: [
          ...(await signed(underTwoKeys, 'members+jws', [0, 1])).signatures,
          await signDocument({ document: underTwoKeys, typ: 'members+jws', key: secondOf0 }),
        ],
      },
    },
  ]),
  await ofMembers(
    'signed by a stranger too',
    'Enough coordinators, and one more who is none.',
    'signature-of-unknown-coordinator',
    () => {},
    [0, 1, 2, 9],
  ),
  await ofSigned('changed after signing', 'A letter of a name.', 'signature-invalid', good => ({
    ...good,
    document: good.document.replace('Elandor', 'Elendor'),
  })),
  await ofSigned('signature in another form', 'Padded with "==".', 'text-not-canonical', good => ({
    ...good,
    signatures: good.signatures.map(signature => `${signature}==`),
  })),
  await ofMembers('another network', 'The net of another first root.', 'members-net-differs', next => {
    next.net = netOf('another root')
  }),
  await ofMembers('root not held', 'It names root 2.', 'members-root-unknown', next => {
    next.rootVersion = 2
  }),
  section4('root retired', 'Under root 1, by one who has left since.', 'members-root-retired', [
    { roots: [narrowed] },
    { members: await members2(() => {}, [0, 1, 2]) },
  ]),
  section4('older root, by who stayed', 'Under root 1, by three who are still there.', 'accepted', [
    { roots: [narrowed] },
    { members: await members2(() => {}, [0, 1, 3]) },
  ]),
  await ofMembers('does not follow', 'Another hash of members 1.', 'members-chain-broken', next => {
    next.prevHash = nowhere
  }),
  section4('does not follow, under a newer root', 'The same is taken, with an alarm.', 'accepted', [
    { roots: [narrowed] },
    {
      members: await members2(
        next => {
          next.prevHash = nowhere
          next.rootVersion = 2
        },
        [0, 1, 3],
      ),
    },
  ]),
  await ofMembers('larger than it may be', 'More than 2 MiB.', 'document-too-large', next => {
    Object.assign(next, { filler: 'x'.repeat(2 * 1024 * 1024) })
  }),
]

export const refusals: readonly RegistryCase[] = [...roots, ...members, ...authority]
