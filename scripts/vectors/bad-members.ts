import { signDocument } from '#protocol'
import { demonstrationKey, peerIdOf } from '../alliance.ts'
import {
  coordinators,
  firstKeyOf,
  keys,
  memberOf,
  membersAfter,
  registry,
  root2,
  seed,
  signingKey,
  signMembers,
  strangersKey,
} from './alliance.ts'
import { rotated } from './logs.ts'
import { newer, ofMembers, ofSigned, vector } from './registry-cases.ts'
import type { Vector } from './vector.ts'
import { base64url } from './writing.ts'

const nodeOfNobody = await peerIdOf(demonstrationKey(seed, 'stranger', 'node'))
export const badMembers: Vector[] = [
  vector('members-rollback', 'members-rollback', 'Version 1 where 2 is in force.', {
    held: 'trust-2.json',
    members: registry.signedMembers,
  }),
  vector(
    'members-conflict',
    'members-conflict',
    'Another signed document of the version in force: both are kept and shown.',
    {
      held: 'trust-2.json',
      members: await signMembers(newer),
    },
  ),
  await ofMembers(
    'members-chain-broken',
    'members-chain-broken',
    'Version 2 does not follow version 1, and no newer root lets it in.',
    next => {
      next.prevHash = 'A'.repeat(43)
    },
  ),
  vector(
    'accepted',
    'members-chain-broken-newer-root',
    'The same under a newer root is taken, with an alarm.',
    {
      roots: [root2],
      members: await signMembers({ ...newer, prevHash: 'A'.repeat(43), rootVersion: 2 }),
    },
  ),
  await ofMembers('members-key-dropped', 'members-key-dropped', 'A retired key stays listed.', next => {
    memberOf(next, 'XE').signing = []
  }),
  await ofMembers('members-member-dropped', 'members-member-dropped', 'Who leaves stays listed.', next => {
    next.members = next.members.filter(({ id }) => id !== 'XE')
  }),
  await ofMembers('members-key-reused', 'key-of-two-members', 'One signing key under two members.', next => {
    memberOf(next, 'XE').signing.push({ ...firstKeyOf(next, 'QM'), from: { torture: 1 } })
  }),
  await ofMembers('members-key-reused', 'node-key-signs', 'A node key listed as a signing key.', next => {
    memberOf(next, 'XE').signing.push(signingKey(keys.XE.node, { torture: 1 }))
  }),
  await ofMembers(
    'members-key-reused',
    'coordinator-key-signs',
    "A coordinator's key listed as a signing key.",
    next => {
      const [coordinator] = coordinators(3)
      if (coordinator) memberOf(next, 'XE').signing.push(signingKey(coordinator.key, { torture: 1 }))
    },
  ),
  await ofMembers(
    'members-key-not-ended',
    'suspended-not-ended',
    'A suspended member whose key has no end.',
    next => {
      memberOf(next, 'XE').status = 'suspended'
    },
  ),
  await ofMembers(
    'members-key-not-ended',
    'channel-left-not-ended',
    'A member that left a channel in which its key goes on.',
    next => {
      memberOf(next, 'QM').channels = ['torture']
    },
  ),
  await ofMembers('members-authority-changed', 'from-moved', 'The `from` of a key has moved.', next => {
    firstKeyOf(next, 'QM').from.torture = 2
  }),
  vector('members-authority-changed', 'end-moved', 'The `end` of a key has moved.', {
    held: 'trust-2.json',
    members: await signMembers(
      membersAfter(rotated, next => {
        firstKeyOf(next, 'QM').end = {
          torture: { seq: 9, id: 'A'.repeat(43) },
          capital: { seq: 0, id: null },
        }
      }),
    ),
  }),
  vector('members-authority-changed', 'end-removed', 'An ended key speaks again.', {
    held: 'trust-2.json',
    members: await signMembers(membersAfter(rotated, next => delete firstKeyOf(next, 'QM').end)),
  }),
  await ofMembers('members-net-differs', 'members-net-differs', 'The document of another network.', next => {
    next.net = 'a'.repeat(52)
  }),
  await ofMembers(
    'members-root-unknown',
    'members-root-unknown',
    'It names a root that is not held.',
    next => {
      next.rootVersion = 2
    },
  ),
  vector(
    'accepted',
    'older-root-with-who-stayed',
    'Under root 1, by two coordinators who are still in root 2.',
    {
      roots: [root2],
      members: await signMembers(newer, coordinators(1, 2)),
    },
  ),
  vector(
    'members-root-retired',
    'members-root-retired',
    'Under root 1, by one coordinator who has left and one who stayed.',
    {
      roots: [root2],
      members: await signMembers(newer, coordinators(2, 3)),
    },
  ),
]

export const badSignatures: Vector[] = [
  await ofMembers(
    'signatures-too-few',
    'signatures-too-few',
    'One signature where two are needed.',
    () => {},
    coordinators(1),
  ),
  await ofMembers(
    'signature-of-unknown-coordinator',
    'unknown-coordinator',
    'Two good signatures and one by a stranger.',
    () => {},
    coordinators(1, 2, 4),
  ),
  await ofSigned(
    'signature-repeated',
    'signature-repeated',
    'One coordinator signs twice with one key.',
    signed => ({
      ...signed,
      signatures: [signed.signatures[0] ?? '', signed.signatures[0] ?? ''],
    }),
  ),
  await ofSigned('signature-invalid', 'members-changed', 'A letter changed after signing.', signed => ({
    ...signed,
    document: signed.document.replace('Elandor', 'Elendor'),
  })),
  await ofSigned(
    'signature-invalid',
    'one-bad-signature',
    'Two good signatures and a third that is not: jose would count the good ones.',
    async signed => ({
      ...signed,
      signatures: [
        ...signed.signatures,
        await signDocument({
          document: '{}',
          typ: 'members+jws',
          key: coordinators(3)[0]?.key ?? strangersKey,
        }),
      ],
    }),
  ),
  await ofSigned('text-not-canonical', 'signature-padded', 'A signature with "==".', signed => ({
    ...signed,
    signatures: signed.signatures.map(signature => `${signature}==`),
  })),
  await ofSigned(
    'text-not-canonical',
    'signature-not-detached',
    'A signature that brings its own text.',
    signed => ({
      ...signed,
      signatures: signed.signatures.map(signature =>
        signature.replace('..', `.${base64url(signed.document)}.`),
      ),
    }),
  ),
  await ofSigned(
    'header-not-exact',
    'signature-of-root',
    'Signatures made for a root.',
    async ({ document }) => ({
      document,
      signatures: await Promise.all(
        coordinators(1, 2).map(({ key }) => signDocument({ document, typ: 'root+jws', key })),
      ),
    }),
  ),
  await ofSigned('payload-not-canonical', 'members-space', 'A space in the document.', signed => ({
    ...signed,
    document: signed.document.replace(',', ', '),
  })),
  await ofMembers(
    'document-malformed',
    'kid-not-thumbprint',
    'A kid that is not the thumbprint of its key.',
    next => {
      firstKeyOf(next, 'XE').kid = 'A'.repeat(43)
    },
  ),
  await ofMembers('document-malformed', 'member-twice', 'One member twice.', next => {
    next.members.push({
      ...memberOf(next, 'XE'),
      nodes: [{ peerId: nodeOfNobody, addrs: [] }],
      signing: [],
      recovery: [],
    })
  }),
  await ofMembers(
    'document-malformed',
    'end-of-one-channel',
    'An `end` that does not name every channel of `from`.',
    next => {
      firstKeyOf(next, 'QM').end = { torture: { seq: 0, id: null } }
    },
  ),
  await ofMembers('document-malformed', 'end-without-id', 'An `end` above 0 without its notice.', next => {
    firstKeyOf(next, 'XE').end = { torture: { seq: 3, id: null } }
  }),
  await ofMembers('document-malformed', 'private-key', 'A key with its private half.', next => {
    Object.assign(firstKeyOf(next, 'XE').jwk, { d: 'A'.repeat(43) })
  }),
  await ofMembers(
    'document-malformed',
    'capital-not-opt-in',
    '`capital` is opt-in in this version of the protocol.',
    next => {
      next.channels.capital = { optIn: false }
    },
  ),
  await ofMembers(
    'document-malformed',
    'name-with-bidi',
    'A name with an invisible direction mark.',
    next => {
      memberOf(next, 'XE').names.en = 'Elan\u202edor'
    },
  ),
]
