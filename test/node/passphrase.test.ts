import { openSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { passphraseCredential, passphraseFrom } from '../../node/passphrase.ts'
import { openTestFolder } from './cli/run.ts'

interface Given {
  descriptor?: string
  credential?: string
  prompt?: string
}

async function passphraseOf({ descriptor, credential, prompt }: Given): Promise<string | undefined> {
  await using folder = await openTestFolder()
  const given = join(folder.path, 'given')
  await writeFile(given, descriptor ?? '')
  const credentials = join(folder.path, 'credentials')
  await mkdir(credentials)
  if (credential !== undefined) await writeFile(join(credentials, passphraseCredential), credential)
  return await passphraseFrom({
    // Whoever reads a descriptor closes it.
    fd: descriptor === undefined ? undefined : openSync(given, 'r'),
    environment: { CREDENTIALS_DIRECTORY: credentials },
    prompt: prompt === undefined ? undefined : async () => prompt,
  })
}

describe('the passphrase', () => {
  test.each<[string, Given, string | undefined]>([
    [
      'of the file descriptor comes first',
      { descriptor: 'one\n', credential: 'two', prompt: 'three' },
      'one',
    ],
    ['of the credential comes second', { credential: 'two words\r\n', prompt: 'three' }, 'two words'],
    ['that is typed comes third', { prompt: 'three' }, 'three'],
    ['is nowhere without a source', {}, undefined],
  ])('%s', async (_, given, expected) => {
    expect(await passphraseOf(given)).toBe(expected)
  })

  test.each<[string, Given]>([
    ['an empty descriptor', { descriptor: '\n', prompt: 'three' }],
    ['an empty credential', { credential: '', prompt: 'three' }],
    ['two lines', { descriptor: 'one\ntwo\n' }],
    ['a descriptor that never ends', { descriptor: 'x'.repeat(100_000) }],
  ])('is missing, and nothing else is tried, with %s', async (_, given) => {
    await expect(passphraseOf(given)).rejects.toMatchObject({ code: 'passphrase-missing' })
  })

  test('is missing with a descriptor that is not open', async () => {
    const asked = passphraseFrom({ fd: 9_999, environment: {} })
    await expect(asked).rejects.toMatchObject({ code: 'passphrase-missing' })
  })
})
