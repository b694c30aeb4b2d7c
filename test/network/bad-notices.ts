import { type ErrorCode, limits, sha256 } from '#protocol'
import { demonstrationKey } from '../../scripts/alliance.ts'
import { nested } from '../../scripts/vectors/notice-parts.ts'
import { base64url, bodyForAll, saltOf, textOf } from '../../scripts/vectors/writing.ts'
import type { Pen } from './pen.ts'

export interface BadNotice {
  name: string
  code: ErrorCode
  verdict: 'reject' | 'ignore' | 'hold'
  text: (pen: Pen) => string
}

const stranger = demonstrationKey('nobody', 'stranger', 'signing')
const namedNominal = { name: 'nominal', value: {}, to: 'named' }
const twoForAll = [bodyForAll, { name: 'nominal', value: {} }]

/** Judged by the envelope alone, by whichever road it comes. */
export const badEnvelopes: readonly BadNotice[] = [
  {
    name: 'one larger than a notice may be',
    code: 'notice-too-large',
    verdict: 'reject',
    text: pen => `${pen.write().text}${'A'.repeat(limits.noticeBytes)}~`,
  },
  {
    name: 'one with an envelope larger than it may be',
    code: 'notice-too-large',
    verdict: 'reject',
    text: pen => pen.write({ payload: { type: 'a'.repeat(limits.envelopeBytes) } }).text,
  },
  {
    name: 'a text that is none',
    code: 'text-not-canonical',
    verdict: 'reject',
    text: pen => `{"notice":"by ${pen.member}"}`,
  },
  {
    name: 'another algorithm in the header',
    code: 'header-not-exact',
    verdict: 'reject',
    text: pen => pen.write({ header: text => text.replace('Ed25519', 'EdDSA') }).text,
  },
  {
    name: 'one of another network',
    code: 'net-differs',
    verdict: 'reject',
    text: pen =>
      pen.write({ header: text => text.replace(/"net":"[a-z2-7]+"/, `"net":"${'a'.repeat(52)}"`) }).text,
  },
  {
    name: 'a payload nested too deep',
    code: 'payload-too-deep',
    verdict: 'reject',
    text: pen => pen.write({ payload: { deep: nested(limits.jsonDepth) } }).text,
  },
  {
    name: 'a member that stands there twice',
    code: 'payload-not-canonical',
    verdict: 'reject',
    text: pen => pen.write({ payloadText: text => text.replace('"seq":1', '"seq":1,"seq":1') }).text,
  },
  {
    name: 'a place that is none',
    code: 'payload-malformed',
    verdict: 'reject',
    text: pen => pen.write({ payload: { seq: 0 } }).text,
  },
  {
    name: 'a forged signature',
    code: 'signature-invalid',
    verdict: 'reject',
    text: pen => pen.write({ signature: () => 'A'.repeat(86) }).text,
  },
  {
    name: 'a text that was changed after signing',
    code: 'signature-invalid',
    verdict: 'reject',
    text: pen => {
      const [signed, other] = [pen.write(), pen.write({ payload: { iat: 1 } })]
      const signature = signed.jws.slice(signed.jws.lastIndexOf('.'))
      return textOf(other.jws.slice(0, other.jws.lastIndexOf('.')) + signature, other.disclosures)
    },
  },
  {
    name: "one in another issuer's name",
    code: 'key-of-another',
    verdict: 'ignore',
    text: pen => pen.write({ payload: { iss: 'QM' } }).text,
  },
  {
    name: 'one by a key that no registry knows',
    code: 'key-unknown',
    verdict: 'ignore',
    text: pen => pen.write({ key: stranger }).text,
  },
  {
    name: 'one by a key that a newer registry may bring',
    code: 'key-unknown',
    verdict: 'hold',
    text: pen => pen.write({ key: stranger, payload: { members: 2 } }).text,
  },
]

/** Judged by what gossip must carry. */
export const badParts: readonly BadNotice[] = [
  {
    name: 'one of another channel',
    code: 'channel-differs',
    verdict: 'reject',
    text: pen => pen.write({ payload: { channel: 'capital' } }).text,
  },
  {
    name: 'a stripped one',
    code: 'part-stripped',
    verdict: 'reject',
    text: pen => pen.write({ carried: () => [] }).text,
  },
  {
    name: 'a part for named readers',
    code: 'part-exposed',
    verdict: 'reject',
    text: pen => pen.write({ parts: [bodyForAll, namedNominal] }).text,
  },
  {
    name: 'a forged part',
    code: 'part-not-committed',
    verdict: 'reject',
    text: pen => pen.write({ carried: () => [base64url(`["${saltOf('forged')}","body",{}]`)] }).text,
  },
  {
    name: 'a part that stands there twice',
    code: 'part-duplicated',
    verdict: 'reject',
    text: pen => pen.write({ parts: twoForAll, carried: ([body = '']) => [body, body] }).text,
  },
  {
    name: 'a part that is none',
    code: 'part-malformed',
    verdict: 'reject',
    text: pen => {
      const part = base64url(`["${saltOf('body')}","body"]`)
      const digest = sha256(part)
      const payload = { _sd: [digest], parts: { body: { digest, to: 'channel' } } }
      return pen.write({ payload, carried: () => [part] }).text
    },
  },
]
