import { describe, expect, it } from 'vitest'
import { decodeText, encodeText } from '../../../protocol/base64url.ts'
import { countSignatures, parseSignedDocument, signDocument } from '../../../protocol/registry/index.ts'
import { demonstrationKey } from '../../../scripts/alliance.ts'
import { coordinators, get, listed } from './builders.ts'

const document = '{"a":1}'
const typ = 'members+jws'
const five = coordinators(1, 2, 3, 4, 5)
const signatures = await Promise.all(five.map(({ key }) => signDocument({ document, typ, key })))
const first = get(signatures, 0)
const asked = { document, typ, coordinators: five.map(listed), threshold: 3 } as const

describe('the threshold', () => {
  it.each(Array.from({ length: 32 }, (_, subset) => subset))(
    'of three in five is met by a subset exactly when it has three or more (%i)',
    async subset => {
      const some = signatures.filter((_, at) => subset & (1 << at))
      const counting = countSignatures({ ...asked, signatures: some })
      if (some.length >= 3) expect(await counting).toHaveLength(some.length)
      else {
        await expect(counting).rejects.toMatchObject({
          code: 'signatures-too-few',
          details: { valid: some.length, threshold: 3 },
        })
      }
    },
  )

  it('is not met by one key that signs three times', async () => {
    const counting = countSignatures({ ...asked, signatures: [first, first, first] })
    await expect(counting).rejects.toMatchObject({ code: 'signature-repeated' })
  })

  it('is not met by one coordinator with several keys', async () => {
    const second = demonstrationKey('test', 'coordinator-1', 'second')
    const also = { ...listed({ ...get(five, 0), key: second }) }
    const extra = await signDocument({ document, typ, key: second })
    const counting = countSignatures({
      ...asked,
      coordinators: [...asked.coordinators, also],
      signatures: [...signatures.slice(0, 2), extra],
    })
    await expect(counting).rejects.toMatchObject({ code: 'coordinator-repeated' })
  })

  it('is not helped by a stranger', async () => {
    const key = demonstrationKey('test', 'stranger', 'coordinator')
    const stranger = await signDocument({ document, typ, key })
    const counting = countSignatures({ ...asked, signatures: [...signatures, stranger] })
    await expect(counting).rejects.toMatchObject({ code: 'signature-of-unknown-coordinator' })
  })

  it('is refused with a single bad signature beside enough good ones', async () => {
    const key = get(five, 4).key
    const bad = await signDocument({ document: '{"a":2}', typ, key })
    const counting = countSignatures({ ...asked, signatures: [...signatures.slice(0, 4), bad] })
    await expect(counting).rejects.toMatchObject({ code: 'signature-invalid' })
  })
})

describe('a detached signature', () => {
  const refusalOf = (signature: string) =>
    countSignatures({ ...asked, threshold: 1, signatures: [signature] }).then(
      () => 'accepted',
      error => error.code,
    )
  const [header = '', , ending = ''] = first.split('.')

  it('is accepted as it was made', async () => {
    expect(await refusalOf(first)).toBe('accepted')
  })

  it('is refused for a document changed by one character', async () => {
    const counting = countSignatures({ ...asked, document: '{"a":3}', threshold: 1, signatures: [first] })
    await expect(counting).rejects.toMatchObject({ code: 'signature-invalid' })
  })

  it('has one text form only', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const variants = [...alphabet].map(last => `${header}..${ending.slice(0, -1)}${last}`)
    const codes = await Promise.all(variants.filter(variant => variant !== first).map(refusalOf))
    expect(codes.filter(code => code === 'accepted')).toEqual([])
    expect(codes.filter(code => code === 'text-not-canonical')).toHaveLength(60)
    for (const variant of [
      `${first}=`,
      ` ${first}`,
      `${first}\n`,
      `${header}.${encodeText(document)}.${ending}`,
    ]) {
      expect(await refusalOf(variant)).toBe('text-not-canonical')
    }
    expect(await refusalOf(`${header.slice(0, -1)}${header.endsWith('B') ? 'C' : 'B'}..${ending}`)).toBe(
      'text-not-canonical',
    )
  })

  it.each([
    ['another order', (text: string) => text.replace(/("alg":"Ed25519"),("kid":"[^"]+")/, '$2,$1')],
    ['a space', (text: string) => text.replace(':', ': ')],
    ['EdDSA', (text: string) => text.replace('Ed25519', 'EdDSA')],
    ['none', (text: string) => text.replace('Ed25519', 'none')],
    ['one more member', (text: string) => text.replace('}', ',"b64":false}')],
    ['a member twice', (text: string) => text.replace('{', '{"alg":"none",')],
    ['the typ of another document', (text: string) => text.replace('members', 'root')],
    ['no kid', (text: string) => text.replace(/"kid":"[^"]+",/, '')],
    ['no JSON', () => 'header'],
  ])('is refused with a header of %s', async (_, change) => {
    const changed = change(decodeText(header))
    expect(changed).not.toBe(decodeText(header))
    expect(await refusalOf(`${encodeText(changed)}..${ending}`)).toBe('header-not-exact')
  })
})

it('a signed document from outside has a text and signatures and nothing else', () => {
  expect(parseSignedDocument({ document, signatures })).toEqual({ document, signatures })
  for (const other of [
    null,
    [],
    {},
    { document },
    { document, signatures: 'x' },
    { document, signatures, x: 1 },
  ]) {
    expect(() => parseSignedDocument(other)).toThrow(expect.objectContaining({ code: 'document-malformed' }))
  }
})
