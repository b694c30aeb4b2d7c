import type { SignedDocument } from '#protocol'
import type { RegistryCase } from './case.ts'
import {
  chainOf,
  everyone,
  firstKey,
  member,
  members1,
  members2,
  membersAfter,
  root1,
  root2,
  signed,
  trustOf,
} from './documents.ts'

import { good2, good3, nextRoot, ofMembers, ofRoot, tuf } from './tuf-builders.ts'

export const basic: readonly RegistryCase[] = [
  tuf('test_basic_refresh_trusted_data', 'The trust file as it should be.', [], 'accepted'),
  tuf('test_invalid_initial_root', 'The first root has no version.', [], 'document-malformed', {
    trust: trustOf([await signed(withoutVersion(root1), 'root+jws', everyone.sigs)], members1),
  }),
  tuf('test_unsigned_initial_root', 'The first root is signed over another text.', [], 'signature-invalid', {
    trust: trustOf([{ ...root1, document: root1.document.replace('2036', '2037') }], members1),
  }),
  tuf(
    'test_unsigned_metadata[root]',
    'A root from which a signature is missing.',
    [{ roots: [await root2(() => {}, [0, 1])] }],
    'signatures-too-few',
    { inForce: [1, 1] },
  ),
  tuf(
    'test_unsigned_metadata[targets]',
    'A members document from which a signature is missing, after a good root.',
    [{ roots: [nextRoot] }, { members: await members2(() => {}, [0, 1]) }],
    'signatures-too-few',
    { inForce: [2, 1] },
  ),
  await ofRoot(
    'test_url_and_metadata_version_mismatch[root]',
    'Root 3 where 2 is due.',
    'root-jump',
    root => {
      root.version = 3
    },
  ),
  tuf(
    'test_timestamp_content_changes',
    'Another document under the version in force.',
    [
      { members: good2 },
      { members: await members2(next => void Object.assign(next, { issued: '2026-01-02' })) },
    ],
    'members-conflict',
    { inForce: [1, 2] },
  ),
  tuf(
    'test_basic_metadata_hash_support',
    'Documents that name the hash of the one before.',
    [{ members: good2 }, { members: good3 }],
    'accepted',
    { inForce: [1, 3] },
  ),
  await ofMembers(
    'test_targets_hash_mismatch',
    'A members document that names another hash.',
    'members-chain-broken',
    next => {
      next.prevHash = 'A'.repeat(43)
    },
  ),
  await ofRoot(
    'test_snapshot_hash_mismatch',
    'A root that names another hash.',
    'root-chain-broken',
    root => {
      root.prevHash = 'A'.repeat(43)
    },
  ),
  tuf(
    'test_metadata_bytes_match',
    'The text with one more space: it is signed so, and kept as it came by TUF.',
    [{ members: await signed(`${good2.document} `, 'members+jws', everyone.sigs) }],
    'payload-not-canonical',
    { differs: 'one document has one text (RFC 8785), so nobody can keep another form of it' },
  ),
  await ofMembers('test_custom_fields', 'Members that nobody knows today.', 'accepted', next => {
    Object.assign(next, { seals: { count: 3 } })
    Object.assign(member(next, 'XE'), { region: 'north' })
  }),
  await ofMembers(
    'test_deprecated_keyid_hash_algorithms',
    'A key with a misleading word beside it.',
    'accepted',
    next => {
      Object.assign(firstKey(next, 'XE'), { keyid_hash_algorithms: ['md5'] })
    },
  ),
  tuf(
    'test_incorrect_metadata_type',
    'A members document whose signatures are of a root.',
    [{ members: await signed(good2.document, 'root+jws', everyone.sigs) }],
    'header-not-exact',
  ),
]

function withoutVersion({ document }: SignedDocument): object {
  const { version: _, ...rest } = JSON.parse(document)
  return rest
}

/** TUF stops at an expired document. Here it is taken, so that no one stays with an older one, and the node says so. */
const banner = 'it is put in force and said to have expired: reading goes on, publishing stops 30 days later'
const lastYear = { expires: '2025-01-01' }
const expiredMembers = await members2(next => void Object.assign(next, lastYear))
const expiredRoot = await root2(root => void Object.assign(root, lastYear))

export const expiry: readonly RegistryCase[] = [
  tuf(
    'test_root_expired',
    'An expired root: it is in force, and nothing under it is fresh.',
    [{ roots: [expiredRoot] }],
    'accepted',
    { inForce: [2, 1], expired: true },
  ),
  tuf('test_targets_expired', 'An expired members document.', [{ members: expiredMembers }], 'accepted', {
    inForce: [1, 2],
    expired: true,
    differs: banner,
  }),
  tuf(
    'test_expired_local_root',
    'A newer root where the one in force has expired.',
    [{ roots: [expiredRoot] }, { roots: await chainOf([{ ...everyone }], expiredRoot) }],
    'accepted',
    { inForce: [3, 1], expired: false },
  ),
  tuf(
    'test_expired_local_timestamp',
    'A newer members document where the one in force has expired.',
    [
      { members: expiredMembers },
      {
        members: await signed(
          membersAfter(expiredMembers, next => void Object.assign(next, { expires: '2036-01-01' })),
          'members+jws',
          everyone.sigs,
        ),
      },
    ],
    'accepted',
    { inForce: [1, 3], expired: false },
  ),
]
