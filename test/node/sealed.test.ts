import { decodeProtectedHeader } from 'jose'
import { describe, expect, test } from 'vitest'
import { seal, unseal } from '../../node/sealed.ts'

const passphrase = 'Straße, Café und noch zwei Worte'

describe('what is sealed', async () => {
  const sealed = await seal({ secret: 'words' }, passphrase)

  test('opens to its passphrase, however its letters are composed', async () => {
    expect(passphrase.normalize('NFD')).not.toBe(passphrase)
    expect(await unseal(sealed, passphrase.normalize('NFD'))).toEqual({ secret: 'words' })
  })

  test('stands up to guessing: 600,000 rounds and a salt of its own', async () => {
    const header = decodeProtectedHeader(sealed)
    expect(header).toMatchObject({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 600_000 })
    const again = decodeProtectedHeader(await seal({ secret: 'words' }, passphrase))
    expect(again.p2s).not.toBe(header.p2s)
  })

  test.each([
    ['another passphrase', sealed, `${passphrase}.`],
    [
      'a changed text',
      `${sealed.slice(0, -30)}${sealed.at(-30) === 'A' ? 'B' : 'A'}${sealed.slice(-29)}`,
      passphrase,
    ],
    ['no text at all', '', passphrase],
    ['more rounds than anybody needs', withHeader({ p2c: 2_000_000_000 }), passphrase],
    ['another algorithm', withHeader({ alg: 'PBES2-HS256+A128KW' }), passphrase],
  ])('does not open with %s', async (_, text, word) => {
    await expect(unseal(text, word)).rejects.toMatchObject({ code: 'passphrase-wrong' })
  })

  function withHeader(change: object): string {
    const [, ...rest] = sealed.split('.')
    const header = JSON.stringify({ ...decodeProtectedHeader(sealed), ...change })
    return [Buffer.from(header).toString('base64url'), ...rest].join('.')
  }
})
