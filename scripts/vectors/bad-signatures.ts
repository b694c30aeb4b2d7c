import { sha256 } from '#protocol'
import { keys, secondKey, strangersKey } from './alliance.ts'
import { bad } from './notice-parts.ts'
import type { Vector } from './vector.ts'
import { base64url, headerOf, write } from './writing.ts'

/** The order of the base point of edwards25519. */
const orderL = 2n ** 252n + 27742317777372353535851937790883648493n

export const badAuthority: Vector[] = [
  bad(
    'key-unknown',
    'key-unknown',
    'A key in no registry; held for a while where `members` is newer than ours.',
    {
      key: strangersKey,
    },
  ),
  bad(
    'key-unknown',
    'key-unknown-newer',
    'The same, said under members document 2: held until that is fetched.',
    {
      key: secondKey,
      payload: { members: 2 },
    },
  ),
  bad('key-unknown', 'recovery-key', 'A recovery key signs no notices.', { key: keys.QM.recovery }),
  bad('key-unknown', 'node-key', 'Nor does a node key.', { key: keys.QM.node }),
  bad('key-of-another', 'key-of-another', "QN's key under a notice in QM's name.", { key: keys.QN.signing }),
  bad('no-authority', 'no-authority', 'XE has not joined `capital`, and its key has no place there.', {
    key: keys.XE.signing,
    payload: { iss: 'XE', channel: 'capital' },
  }),
  bad('no-authority', 'channel-of-nobody', 'A channel in which nobody has authority.', {
    payload: { channel: 'other' },
  }),
]

export const forged: Vector[] = [
  {
    ...bad('signature-invalid', 'payload-changed', 'One place changed after signing.', {}),
    text: forgedText(text =>
      text.replace('"seq":1', '"seq":2').replace('"prev":null', `"prev":"${sha256('a digest')}"`),
    ),
  },
  bad('signature-invalid', 'wrong-kid', "QM's own second key signs under the first one's name.", {
    key: secondKey,
    header: () => headerOf(keys.QM.signing),
  }),
  bad('signature-invalid', 'signature-zero', 'Sixty-four zero bytes.', { signature: () => 'A'.repeat(86) }),
  bad(
    'signature-invalid',
    'signature-s-plus-l',
    'S + L: the second number that a careless verifier takes (RFC 8032, section 5.1.7).',
    {
      signature: sPlusL,
    },
  ),
]

function forgedText(change: (payload: string) => string): string {
  const honest = write()
  const [head, payload = '', signature] = honest.jws.split('.')
  const changed = base64url(change(Buffer.from(payload, 'base64url').toString()))
  return honest.text.replace(honest.jws, `${head}.${changed}.${signature}`)
}

function sPlusL(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url')
  let s = orderL
  for (let at = 63; at >= 32; at--) s += BigInt(bytes[at] ?? 0) << (8n * BigInt(at - 32))
  for (let at = 32; at < 64; at++) bytes[at] = Number((s >> (8n * BigInt(at - 32))) & 255n)
  return bytes.toString('base64url')
}
