import { strangersKey } from './alliance.ts'
import { bad, nested } from './notice-parts.ts'
import type { Vector } from './vector.ts'
import { base64url, write } from './writing.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same 64 bytes in another text: bits that no byte needs. */
function strayBits(signature: string): string {
  const last = alphabet.indexOf(signature.at(-1) ?? '')
  return `${signature.slice(0, -1)}${alphabet[last + 5]}`
}

export const badTexts: Vector[] = [
  bad('text-not-canonical', 'signature-bits', 'Stray bits in the last character of the signature.', {
    signature: strayBits,
  }),
  bad('text-not-canonical', 'signature-padded', 'The signature ends in "==".', {
    signature: text => `${text}==`,
  }),
  bad('text-not-canonical', 'signature-newline', 'A line feed within the signature.', {
    signature: text => `${text.slice(0, 40)}\n${text.slice(40)}`,
  }),
  bad('text-not-canonical', 'signature-space', 'A space after the signature.', {
    signature: text => `${text} `,
  }),
  bad('text-not-canonical', 'signature-base64', 'The signature in the alphabet of plain base64.', {
    signature: text => Buffer.from(text, 'base64url').toString('base64').replace('==', ''),
  }),
  bad('text-not-canonical', 'signature-short', 'A signature of 63 bytes.', {
    signature: text => text.slice(0, 84),
  }),
  {
    ...bad('text-not-canonical', 'no-last-tilde', 'The "~" that ends every part is missing.', {}),
    text: write().text.slice(0, -1),
  },
  {
    ...bad('text-not-canonical', 'jws-alone', 'A compact JWS without "~" is no text of a notice.', {}),
    text: write().jws,
  },
  {
    ...bad('text-not-canonical', 'empty-part', 'Two "~" with nothing between.', {}),
    text: write().text.replace('~', '~~'),
  },
  {
    ...bad('text-not-canonical', 'newline-at-end', 'A line feed at the end.', {}),
    text: `${write().text}\n`,
  },
  { ...bad('text-not-canonical', 'empty', 'No text at all.', {}), text: '' },
  bad('text-not-canonical', 'payload-bits', 'Stray bits in the last character of the payload, well signed.', {
    payloadText: text => (text.length % 3 === 0 ? text.replace('"denial"', '"denialx"') : text),
    payloadPart: encoded => strayPayloadBits(encoded),
  }),
  bad(
    'text-not-canonical',
    'payload-not-utf8',
    'The payload holds half of a character (ED A0 80), well signed.',
    {
      payloadPart: encoded => {
        const bytes = Buffer.from(encoded, 'base64url').toString('latin1')
        return base64url(Buffer.from(bytes.replace('denial', 'den\xed\xa0\x80'), 'latin1'))
      },
    },
  ),
]

function strayPayloadBits(encoded: string): string {
  const last = alphabet.indexOf(encoded.at(-1) ?? '')
  return `${encoded.slice(0, -1)}${alphabet[last + 1]}`
}

function header(name: string, what: string, change: (text: string) => string): Vector {
  return bad('header-not-exact', name, what, { header: change })
}

export const badHeaders: Vector[] = [
  header('header-order', 'The right members in another order.', text =>
    text.replace(/^\{("alg":"Ed25519"),("kid":"[^"]+"),/, '{$2,$1,'),
  ),
  header('header-space', 'A space in the header.', text => text.replace(':', ': ')),
  header('header-extra', 'One member more.', text => text.replace('}', ',"x5u":"https://example.org"}')),
  header('header-twice', 'A member that stands twice: jose takes the last.', text =>
    text.replace('"net"', `"kid":"${'A'.repeat(43)}","net"`),
  ),
  header('header-eddsa', '"EdDSA", which RFC 9864 has deprecated.', text => text.replace('Ed25519', 'EdDSA')),
  header('header-none', '"none" as the algorithm.', text => text.replace('Ed25519', 'none')),
  header('header-crit', '"b64": false with "crit": the payload would be signed as it stands.', text =>
    text.replace('"alg":"Ed25519"', '"alg":"Ed25519","b64":false,"crit":["b64"]'),
  ),
  header('header-jwk', 'A header that brings its own key.', text =>
    text.replace('"kid"', `"jwk":{"crv":"Ed25519","kty":"OKP","x":"${strangersKey.x}"},"kid"`),
  ),
  header('header-typ', 'The type of another kind of text.', text =>
    text.replace('notice+sd-jwt', 'beacon+jws'),
  ),
  header('header-no-kid', 'No key is named.', text => text.replace(/"kid":"[^"]+",/, '')),
  header('header-kid-bits', 'A kid whose last character carries stray bits.', text =>
    text.replace(/"kid":"([^"]{42})[^"]"/, '"kid":"$1B"'),
  ),
  bad('net-differs', 'other-net', 'A notice of another network, well signed.', {
    header: text => text.replace(/"net":"[^"]+"/, `"net":"${'a'.repeat(52)}"`),
  }),
]

function notCanonical(name: string, what: string, payloadText: (text: string) => string): Vector {
  return bad('payload-not-canonical', name, what, { payloadText })
}

export const badPayloadTexts: Vector[] = [
  notCanonical('member-twice', 'A member of the payload that stands twice.', text =>
    text.replace('"seq":1', '"seq":2,"seq":1'),
  ),
  notCanonical('space', 'A space in the payload.', text => text.replace(',', ', ')),
  notCanonical('members-unsorted', 'Members of the payload out of order.', text =>
    text.replace(/("seq":1),("type":"denial")/, '$2,$1'),
  ),
  notCanonical('number-1.0', 'A whole number written 1.0.', text => text.replace('"seq":1', '"seq":1.0')),
  notCanonical('number-1e0', 'A whole number written 1e0.', text => text.replace('"seq":1', '"seq":1e0')),
  notCanonical('number-minus-0', 'Zero written -0.', text => text.replace(/"iat":\d+/, '"iat":-0')),
  notCanonical('number-too-large', 'A number that a double cannot hold.', text =>
    text.replace(/"iat":\d+/, '"iat":9007199254740993'),
  ),
  notCanonical('escaped-letter', 'A letter written as its code.', text =>
    text.replace('denial', '\\u0064enial'),
  ),
  notCanonical('escaped-slash', 'A slash written "\\/".', text => text.replace('"denial"', '"a\\/b"')),
  notCanonical('lone-surrogate', 'Half of a character, written as its code.', text =>
    text.replace('"denial"', '"\\ud800"'),
  ),
  notCanonical('byte-order-mark', 'A byte order mark before the payload.', text => `\ufeff${text}`),
  notCanonical('newline-after', 'A line feed after the payload.', text => `${text}\n`),
  notCanonical('no-json', 'No JSON.', () => 'denial'),
  bad('payload-too-deep', 'payload-nested-9', 'A payload nested nine deep: counted before it is parsed.', {
    payload: { deep: nested(8) },
  }),
  bad('payload-too-deep', 'payload-nested-1000', 'A payload of a thousand brackets.', {
    payloadText: () => '['.repeat(1000) + ']'.repeat(1000),
  }),
]
