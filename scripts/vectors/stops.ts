import { type PrivateJwk, type Stop, signStop, thumbprint } from '#protocol'
import { keys, net, registry, signMembers, strangersKey } from './alliance.ts'
import { place } from './logs.ts'
import type { Vector, VectorFile } from './vector.ts'
import { writtenAt } from './writing.ts'

const stop: Stop = {
  net,
  member: 'QM',
  kid: thumbprint(keys.QM.signing),
  channel: 'torture',
  head: { seq: 3, id: place(3).id },
  reason: 'The signing machine was stolen.',
  iat: writtenAt,
}

async function vector(
  expect: string,
  name: string,
  what: string,
  changed: Record<string, unknown> = {},
  key: PrivateJwk = keys.QM.recovery,
): Promise<Vector> {
  const { document, signatures } = await signStop({ stop: { ...stop, ...changed }, key })
  return { name, what, signed: { document, signatures }, expect }
}

const good = await signStop({ stop, key: keys.QM.recovery })
const byCoordinators = await signMembers(registry.members)

export const stopVectors: VectorFile = {
  about: 'Each `signed` is a stop, given to a node that goes by trust.json.',
  vectors: [
    await vector('accepted', 'by-recovery', 'By the recovery key of the member.'),
    await vector('accepted', 'by-itself', 'By the key that it stops.', {}, keys.QM.signing),
    await vector(
      'key-of-another',
      'by-another',
      'By the recovery key of another member.',
      {},
      keys.QN.recovery,
    ),
    await vector('key-unknown', 'by-stranger', 'By a key in no registry.', {}, strangersKey),
    await vector('net-differs', 'other-net', 'A stop of another network.', { net: 'a'.repeat(52) }),
    await vector('no-authority', 'other-channel', 'In a channel in which the key has no authority.', {
      channel: 'other',
    }),
    await vector('stop-invalid', 'no-reason', 'A stop says why.', { reason: '' }),
    await vector('stop-invalid', 'member-extra', 'One member more.', { more: 1 }),
    {
      name: 'changed',
      what: 'Changed after signing.',
      signed: { document: good.document.replace('"seq":3', '"seq":4'), signatures: good.signatures },
      expect: 'signature-invalid',
    },
    {
      name: 'two-signatures',
      what: 'A stop has one signature.',
      signed: { document: good.document, signatures: [...good.signatures, ...good.signatures] },
      expect: 'stop-invalid',
    },
    {
      name: 'signature-of-members',
      what: 'A signature made for a members document.',
      signed: { document: good.document, signatures: byCoordinators.signatures.slice(0, 1) },
      expect: 'header-not-exact',
    },
  ],
}
