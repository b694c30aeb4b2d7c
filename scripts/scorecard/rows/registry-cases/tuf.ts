import type { RegistryCase } from './case.ts'
import {
  chainOf,
  everyone,
  listed,
  member,
  members1,
  members2,
  membersAfter,
  newSigningKey,
  root1,
  signed,
} from './documents.ts'

import { basic, expiry } from './tuf-basic.ts'
import { good2, good3, nextRoot, ofMembers, ofRoot, tuf, withSignatures } from './tuf-builders.ts'

// The cases of TUF's conformance suite (github.com/theupdateframework/tuf-conformance) that apply, each under the name
// that it has there. TUF's root is our root; what its timestamp, snapshot and targets say together, our members document
// says alone, so a case that goes through several of those roles stands here once. Not here: downloads of artifacts,
// delegations, request counts and missing files, for which there is nothing on our side.

const [foreignSignature = ''] = (await signed('{}', 'members+jws', [3])).signatures

/** Version 100, as somebody who got hold of three keys might sign it, and version 2 under a root without those. */
const forward = await members2(next => void Object.assign(next, { version: 100 }))
const [recovered] = await chainOf([{ keys: [3, 4, 5, 6, 7], threshold: 3, sigs: [0, 1, 2, 3, 4, 5] }], root1)
if (recovered === undefined) throw new TypeError('There is a root of the recovery.')
const underRecovered = (version: number) =>
  signed(
    membersAfter(members1, next => void Object.assign(next, { version, rootVersion: 2 })),
    'members+jws',
    [3, 4, 5],
  )

const rollback: readonly RegistryCase[] = [
  tuf(
    'test_new_timestamp_version_rollback',
    'An older members document after a newer one.',
    [{ members: good2 }, { members: good3 }, { members: good2 }],
    'members-rollback',
    { inForce: [1, 3] },
  ),
  tuf(
    'test_snapshot_rollback[basic]',
    'An older root after a newer one.',
    [{ roots: [nextRoot] }, { roots: await chainOf([everyone]) }],
    'accepted',
    {
      inForce: [2, 1],
      differs: 'a root that is held is passed over, as in every trust file; it rolls nothing back',
    },
  ),
  tuf(
    'test_targets_rollback[basic]',
    'The first members document after the second.',
    [{ members: good2 }, { members: members1 }],
    'members-rollback',
    { inForce: [1, 2] },
  ),
  tuf(
    'test_targets_rollback[with hashes]',
    'The same where the older one names the hash of the newer.',
    [
      { members: good3 },
      {
        members: await signed(
          membersAfter(good3, next => void Object.assign(next, { version: 2 })),
          'members+jws',
          everyone.sigs,
        ),
      },
    ],
    'members-rollback',
    { inForce: [1, 3] },
  ),
  await ofMembers('test_targets_role_removal', 'A member that is gone.', 'members-member-dropped', next => {
    next.members = next.members.filter(({ id }) => id !== 'XE')
  }),
  tuf(
    'test_targets_fast_forward_recovery',
    'After version 100, a lower one under a root with other coordinators.',
    [{ members: forward }, { roots: [recovered] }, { members: await underRecovered(2) }],
    'members-rollback',
    { inForce: [2, 100], differs: 'versions only ever rise: the new coordinators go on from 101' },
  ),
  tuf(
    'test_new_timestamp_fast_forward_recovery',
    'After version 100, version 101 under a root with other coordinators, on the chain before.',
    [{ members: forward }, { roots: [recovered] }, { members: await underRecovered(101) }],
    'accepted',
    { inForce: [2, 101] },
  ),
]

const keys: readonly RegistryCase[] = [
  tuf(
    'test_snapshot_does_not_meet_threshold',
    'Two signatures where three are needed.',
    [{ members: await members2(() => {}, [0, 1]) }],
    'signatures-too-few',
  ),
  await ofRoot(
    'test_snapshot_has_too_few_keys',
    'Six must sign, and there are five.',
    'document-malformed',
    root => {
      root.threshold = 6
    },
  ),
  await ofRoot('test_duplicate_keys', 'One key listed nine times.', 'document-malformed', root => {
    root.coordinators = Array.from({ length: 9 }, (_, at) => ({ ...listed(0), id: `coordinator-${at}` }))
    root.threshold = 6
  }),
  tuf(
    'test_duplicate_sig_keyids',
    'Enough signatures, and one of them twice.',
    [{ members: withSignatures(good2, all => [...all, ...all.slice(0, 1)]) }],
    'signature-repeated',
  ),
  tuf(
    'test_keytype_and_scheme[ed25519/ed25519]',
    'A good root, then one with a signature that only looks like one.',
    [
      { roots: [nextRoot] },
      {
        roots: (await chainOf([{ keys: [0, 1, 2, 3, 5], threshold: 3, sigs: [0, 1, 2] }], nextRoot)).map(
          root =>
            withSignatures(root, ([first = '', ...rest]) => [
              `${first.slice(0, -86)}${(root.signatures[1] ?? '').slice(-86)}`,
              ...rest,
            ]),
        ),
      },
    ],
    'signature-invalid',
    { inForce: [2, 1] },
  ),
  ...(await Promise.all(
    ['rsa/rsassa-pss-sha256', 'ecdsa/ecdsa-sha2-nistp256'].map(scheme =>
      ofRoot(
        `test_keytype_and_scheme[${scheme}]`,
        'A coordinator with a key of another kind.',
        'document-malformed',
        root => {
          const jwk = scheme.startsWith('rsa')
            ? { kty: 'RSA', n: listed(5).jwk.x, e: 'AQAB' }
            : { kty: 'EC', crv: 'P-256', x: listed(5).jwk.x, y: listed(6).jwk.x }
          Object.assign(root.coordinators[4] ?? {}, { jwk })
        },
        { differs: 'there is one algorithm, Ed25519, and the registry lists no other key' },
      ),
    ),
  )),
  tuf(
    'test_invalid_sig_in_valid_metadata',
    'Enough good signatures, and one that is not.',
    [{ members: withSignatures(good2, all => [...all, foreignSignature]) }],
    'signature-invalid',
    { differs: 'one bad signature refuses the document, so that a list of signers can be read as it stands' },
  ),
]

const quoting = await Promise.all(
  ['?', '#', '/delegatedrole', '../delegatedrole'].map(id =>
    ofMembers(
      `test_unusual_role_name[${id}]`,
      'A member id that could mean something in a path or an address.',
      'document-malformed',
      next => {
        next.members.push({
          ...member(next, 'XE'),
          id,
          nodes: [],
          recovery: [],
          signing: [newSigningKey('a third', { torture: 1 })],
        })
      },
    ),
  ),
)

export const tufCases: readonly RegistryCase[] = [...basic, ...expiry, ...rollback, ...keys, ...quoting]
