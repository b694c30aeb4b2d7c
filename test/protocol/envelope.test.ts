import fc from 'fast-check'
import { compactVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  noticeIdOf,
  parseEnvelope,
  payloadOf,
  signEnvelope,
  verifyEnvelope,
} from '../../protocol/envelope.ts'
import { limits } from '../../protocol/limits.ts'
import { importPrivateKey, importPublicKey, thumbprint } from '../../protocol/registry/index.ts'
import { demonstrationKey } from '../../scripts/alliance.ts'
import { keys, net } from '../../scripts/vectors/alliance.ts'
import { base64url, headerOf, signatureOf, write } from '../../scripts/vectors/writing.ts'
import { envelopeOf, keyOfQM, outcomeOf, verified } from './builders.ts'

const { jws, id, payload } = write()
const [header = '', body = '', signature = ''] = jws.split('.')
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

function isTakenByJose(text: string): Promise<boolean> {
  return compactVerify(text, keyOfQM).then(
    () => true,
    () => false,
  )
}

describe('an envelope', () => {
  it('reads back as it was signed, and its signature holds', async () => {
    const envelope = parseEnvelope(jws, { net })
    expect(envelope).toMatchObject({
      id,
      issuer: 'QM',
      channel: 'torture',
      seq: 1,
      prev: null,
      refs: [],
      exercise: false,
      jws,
    })
    expect(payloadOf(envelope)).toEqual(payload)
    await expect(verified(envelope)).resolves.toBe(envelope)
  })

  it('is written by jose byte for byte as by hand', async () => {
    const key = await importPrivateKey(keys.QM.signing)
    const made = await signEnvelope(payload as never, { kid: thumbprint(keys.QM.signing), net, key })
    expect(made).toBe(jws)
  })

  it('has an id of its signing input, so that no other signature can give it another', () => {
    const other = `${header}.${body}.${signatureOf('something else', keys.QM.signing)}`
    expect(noticeIdOf(other)).toBe(id)
    expect(parseEnvelope(other, { net }).id).toBe(id)
  })

  it('is refused after any change of one character', async () => {
    const change = fc.tuple(
      fc.nat(jws.length - 1),
      fc.constantFrom(...alphabet, '.', '~', '=', ' ', '\n', 'é'),
    )
    await fc.assert(
      fc.asyncProperty(change, async ([at, char]) => {
        const changed = jws.slice(0, at) + char + jws.slice(at + 1)
        if (changed === jws) return
        const parsed = outcomeOf(() => parseEnvelope(changed, { net }))
        if (typeof parsed !== 'string')
          await expect(verified(parsed)).rejects.toMatchObject({ code: 'signature-invalid' })
      }),
      { numRuns: 1000 },
    )
  })

  it('is refused when a character is lost or put in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(jws.length - 1), fc.constantFrom('', 'AA', 'A.'), async (at, put) => {
        const changed = jws.slice(0, at) + put + jws.slice(at + 1)
        const parsed = outcomeOf(() => parseEnvelope(changed, { net }))
        if (typeof parsed !== 'string')
          await expect(verified(parsed)).rejects.toMatchObject({ code: 'signature-invalid' })
      }),
      { numRuns: 300 },
    )
  })

  it('is refused or read for any text at all, and never fails otherwise', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(outcomeOf(() => parseEnvelope(text, { net }))).toBeTypeOf('string')
      }),
    )
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const text = write({ payloadText: () => JSON.stringify(value) }).jws
        expect(outcomeOf(() => parseEnvelope(text, { net }))).toMatch(/^(payload-|text-|notice-too-large)/)
      }),
    )
  })

  it('is verified by the key of the registry and by no other', async () => {
    const stranger = await importPublicKey(demonstrationKey('vectors', 'stranger', 'signing'))
    await expect(verifyEnvelope(envelopeOf(), stranger)).rejects.toMatchObject({ code: 'signature-invalid' })
  })

  it('may fill its limit and not pass it', () => {
    const text = (length: number) => write({ payload: { v: 2, more: 'x'.repeat(length) } }).jws
    let length = 2000
    while (text(length + 1).length <= limits.envelopeBytes) length += 1
    expect(outcomeOf(() => parseEnvelope(text(length), { net }))).not.toBeTypeOf('string')
    expect(outcomeOf(() => parseEnvelope(text(length + 1), { net }))).toBe('notice-too-large')
  })
})

describe('the one text of an envelope (trap 13)', () => {
  it('has one signature text, where jose takes 15 more with stray bits', async () => {
    const start = alphabet.indexOf(signature.at(-1) ?? '') & ~15
    const variants = [...alphabet.slice(start, start + 16)]
      .map(last => `${header}.${body}.${signature.slice(0, -1)}${last}`)
      .filter(variant => variant !== jws)
    expect(await Promise.all(variants.map(isTakenByJose))).toEqual(Array(15).fill(true))
    for (const variant of variants)
      expect(outcomeOf(() => parseEnvelope(variant, { net }))).toBe('text-not-canonical')
  })

  it.each([
    ['"=="', `${jws}==`],
    ['a space at its end', `${jws} `],
    ['a line feed at its end', `${jws}\n`],
    ['a line feed in its midst', `${header}.${body}.${signature.slice(0, 40)}\n${signature.slice(40)}`],
  ])('has no %s, which jose takes', async (_, text) => {
    expect(await isTakenByJose(text)).toBe(true)
    expect(outcomeOf(() => parseEnvelope(text, { net }))).toBe('text-not-canonical')
  })

  it('has no header member twice, of which jose takes the last', async () => {
    const said = headerOf(keys.QM.signing).replace('"net"', `"kid":"${'A'.repeat(43)}","net"`)
    const text = write({ header: () => said }).jws
    const { protectedHeader } = await compactVerify(text, keyOfQM)
    expect(protectedHeader.kid).toBe('A'.repeat(43))
    expect(outcomeOf(() => parseEnvelope(text, { net }))).toBe('header-not-exact')
  })

  it('has no "b64" with "crit", for which jose takes a payload as it stands', async () => {
    const said = headerOf(keys.QM.signing).replace('"kid"', '"b64":false,"crit":["b64"],"kid"')
    const input = `${base64url(said)}.${body}`
    const text = `${input}.${signatureOf(input, keys.QM.signing)}`
    const { payload: taken } = await compactVerify(text, keyOfQM)
    expect(new TextDecoder().decode(taken)).toBe(body)
    expect(outcomeOf(() => parseEnvelope(text, { net }))).toBe('header-not-exact')
  })

  it('has no payload member twice, of which JSON.parse takes the last', async () => {
    const text = write({ payloadText: said => said.replace('"seq":1', '"seq":2,"seq":1') }).jws
    expect(await isTakenByJose(text)).toBe(true)
    expect(outcomeOf(() => parseEnvelope(text, { net }))).toBe('payload-not-canonical')
  })
})

describe('a later version', () => {
  it('is carried whole, with members that are not known today', async () => {
    const envelope = envelopeOf({ payload: { v: 3, urgency: 'flash', type: undefined, members: undefined } })
    expect(envelope).toMatchObject({ v: 3, type: 'unknown', refs: [], members: 0, seq: 1 })
    expect(payloadOf(envelope)).toMatchObject({ urgency: 'flash' })
    await expect(verified(envelope)).resolves.toBe(envelope)
  })

  it('has rules for its parts that say more', () => {
    const digest = envelopeOf().parts.body?.digest ?? ''
    const parts = { body: { digest, to: 'channel', until: '2036-12-31', watermark: true } }
    expect(outcomeOf(() => envelopeOf({ payload: { v: 2, parts } }))).not.toBeTypeOf('string')
    expect(outcomeOf(() => envelopeOf({ payload: { parts } }))).toBe('payload-malformed')
  })
})

it('a part named __proto__ is no part, though a form of zod would pass over it', () => {
  const digest = envelopeOf().parts.body?.digest
  const hidden = `"parts":{"__proto__":{"digest":"${'-'.repeat(42)}A","to":"channel"},`
  const oneDigest = write({ payloadText: said => said.replace('"parts":{', hidden) }).jws
  expect(outcomeOf(() => parseEnvelope(oneDigest, { net }))).toBe('payload-malformed')
  const twoDigests = write({
    payloadText: said =>
      said.replace('"parts":{', hidden).replace(`["${digest}"`, `["${'-'.repeat(42)}A","${digest}"`),
  }).jws
  expect(outcomeOf(() => parseEnvelope(twoDigests, { net }))).toBe('payload-malformed')
})
