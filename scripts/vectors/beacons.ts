import { canonical, type Json, type PrivateJwk, thumbprint } from '#protocol'
import { keys, net, strangersKey } from './alliance.ts'
import { place } from './logs.ts'
import type { Vector, VectorFile } from './vector.ts'
import { base64url, signatureOf, writtenAt } from './writing.ts'

const beacon = {
  v: 1,
  member: 'QM',
  n: 7,
  iat: writtenAt,
  heads: { torture: { QM: [3, place(3).id], QN: [1, place(1).id] } },
  full: true,
  software: 'focalpoint 0.1.0',
  root: 1,
  members: 1,
  peers: 2,
  storeBytes: 1_048_576,
  lagMs: 3,
}

interface Case {
  key?: PrivateJwk
  changed?: Record<string, Json | undefined>
  header?: (text: string) => string
  payloadText?: (text: string) => string
  text?: (text: string) => string
}

function vector(expect: string, name: string, what: string, of: Case = {}): Vector {
  const { key = keys.QM.node, changed = {}, header, payloadText, text } = of
  const said = `{"alg":"Ed25519","kid":"${thumbprint(key)}","net":"${net}","typ":"beacon+jws"}`
  const payload = canonical({ ...beacon, ...changed })
  const input = `${base64url(header?.(said) ?? said)}.${base64url(payloadText?.(payload) ?? payload)}`
  const whole = `${input}.${signatureOf(input, key)}`
  return { name, what, text: text?.(whole) ?? whole, expect }
}

export const beaconVectors: VectorFile = {
  about:
    'Each `text` comes from the beacons topic to a node that goes by trust.json and has heard no beacon before. A beacon ' +
    'that is not valid is ignored, never rejected, but for one that is no compact JWS.',
  vectors: [
    vector('accepted', 'whole', 'All heads.'),
    vector('accepted', 'moved', 'No head has moved since the last.', { changed: { full: false, heads: {} } }),
    vector('beacon-invalid', 'unknown-node', 'By a node that the registry does not know.', {
      key: strangersKey,
    }),
    vector('beacon-invalid', 'signing-key', 'By the signing key: a beacon says nothing for the State.', {
      key: keys.QM.signing,
    }),
    vector('beacon-invalid', 'of-another', "By QN's node in QM's name.", { key: keys.QN.node }),
    vector('beacon-invalid', 'number-0', 'Numbers begin at 1.', { changed: { n: 0 } }),
    vector('beacon-invalid', 'member-extra', 'One member more.', { changed: { note: 'x' } }),
    vector('beacon-invalid', 'member-missing', 'No `heads`.', { changed: { heads: undefined } }),
    vector('beacon-invalid', 'other-net', 'Of another network.', {
      header: text => text.replace(/"net":"[^"]+"/, `"net":"${'a'.repeat(52)}"`),
    }),
    vector('beacon-invalid', 'other-typ', 'The type of a notice.', {
      header: text => text.replace('beacon+jws', 'notice+sd-jwt'),
    }),
    vector('beacon-invalid', 'header-no-json', 'A header that is no JSON.', { header: () => 'beacon' }),
    vector('beacon-invalid', 'signature-bits', 'Stray bits at the end of the signature.', {
      text: text => `${text.slice(0, -1)}B`,
    }),
    vector('beacon-invalid', 'changed', 'Another signature.', {
      text: text => `${text.slice(0, -86)}${'A'.repeat(86)}`,
    }),
    vector('payload-not-canonical', 'space', 'A space in the payload.', {
      payloadText: text => text.replace(',', ', '),
    }),
  ],
}
