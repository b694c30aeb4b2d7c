import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseKeyFile } from '../../node/key-file.ts'
import {
  checkExampleRegistry,
  checkKeysKnown,
  checkNotExampleRegistry,
  exampleFolder,
  readKeyFile,
  readKeyNames,
  replaceKeyFile,
} from '../../node/keys.ts'
import { publicHalf } from '../../node/secret-file.ts'
import { openTrust, thumbprint } from '../../protocol/index.ts'
import { keysOfMember, type MemberKeys } from '../../scripts/alliance.ts'
import { openTestFolder } from './cli/run.ts'

/** Keys that no example has, as a real node's would be, in a file that somebody chose not to encrypt. */
function ownKeys(): Omit<MemberKeys, 'demonstration'> & { unencrypted: true } {
  const { demonstration: _, ...keys } = keysOfMember('a test of its own', 'QM')
  return { ...keys, unencrypted: true }
}

async function readBack(content: object | string, { mode = 0o600, passphrase = '' } = {}) {
  await using folder = await openTestFolder()
  const path = join(folder.path, 'keys.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  await chmod(path, mode)
  const ask = async () => (passphrase === '' ? undefined : passphrase)
  return await readKeyFile(path, { demonstration: 'refused', passphrase: ask })
}

async function exampleKeys(member: string): Promise<MemberKeys> {
  return JSON.parse(await readFile(join(exampleFolder, `${member}.json`), 'utf8'))
}

describe('a key file', () => {
  test('gives the keys of its member', async () => {
    const { member, node, signing, recovery } = ownKeys()
    const expected = { member, node, signing, recovery: publicHalf(recovery) }
    expect(await readBack(ownKeys())).toEqual(expected)
  })

  test('must be there', async () => {
    await expect(readKeyFile('/nowhere/keys.json', { demonstration: 'refused' })).rejects.toMatchObject({
      code: 'key-file-missing',
    })
  })

  test.each([0o640, 0o604, 0o620, 0o666])('must be open to nobody else: mode %o is refused', async mode => {
    const refused = readBack(ownKeys(), { mode })
    await expect(refused).rejects.toMatchObject({
      code: 'key-file-exposed',
      details: { mode: `0${mode.toString(8)}` },
    })
  })

  test.each([
    ['no JSON', '{"format": "focalpoint-keys/1"'],
    ['without a key', { ...ownKeys(), recovery: undefined }],
    ['of another format', { ...ownKeys(), format: 'focalpoint-keys/3' }],
    ['encrypted without a text that is', { ...ownKeys(), format: 'focalpoint-keys/2' }],
    [
      'with two halves that are no pair',
      { ...ownKeys(), node: { ...ownKeys().node, x: ownKeys().signing.x } },
    ],
  ])('must follow its form: %s', async (_, content) => {
    await expect(readBack(content)).rejects.toMatchObject({ code: 'key-file-malformed' })
  })

  test('never repeats a key in what it says of a fault', async () => {
    const text = JSON.stringify(ownKeys()).slice(0, -1)
    const error = await readBack(text).catch(error => error)
    expect(error.code).toBe('key-file-malformed')
    expect(`${error.message} ${error.cause} ${JSON.stringify(error.details)}`).not.toContain(
      ownKeys().signing.d,
    )
  })

  test('is refused when it is not encrypted and nobody chose that', async () => {
    const { unencrypted: _, ...unmarked } = ownKeys()
    await expect(readBack(unmarked)).rejects.toMatchObject({ code: 'key-file-unencrypted' })
  })

  test('of the demonstration is refused outside of it, and read by it', async () => {
    await expect(readBack(await exampleKeys('QM'))).rejects.toMatchObject({ code: 'demonstration-keys' })
    const path = join(exampleFolder, 'QM.json')
    expect((await readKeyFile(path, { demonstration: 'allowed' })).member).toBe('QM')
  })

  test.each(['node', 'signing', 'recovery'] as const)(
    'of the demonstration is known by its %s key when its mark is taken out',
    async use => {
      const example = await exampleKeys('XE')
      await expect(readBack({ ...ownKeys(), [use]: example[use] })).rejects.toMatchObject({
        code: 'demonstration-keys',
      })
    },
  )
})

describe('an encrypted key file', () => {
  const passphrase = 'five words are easy to keep'
  const { recovery, format: _, unencrypted: __, ...own } = ownKeys()
  const next = keysOfMember('a later key', 'QM').signing
  const keys = { ...own, next, recovery: publicHalf(recovery) }

  test('gives the keys to its passphrase alone, and their names to its owner', async () => {
    await using folder = await openTestFolder()
    const path = join(folder.path, 'keys.json')
    await replaceKeyFile(path, keys, { passphrase })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder.path)).toEqual(['keys.json'])
    const text = await readFile(path, 'utf8')
    for (const { d } of [keys.node, keys.signing, next]) expect(text).not.toContain(d)
    expect(await readKeyNames(path)).toMatchObject({
      member: 'QM',
      form: 'sealed',
      kids: { signing: thumbprint(keys.signing), next: thumbprint(next), recovery: thumbprint(recovery) },
    })
    expect(await readBack(text, { passphrase })).toEqual(keys)
    await expect(readBack(text, { passphrase: 'five words are easy to lose' })).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    await expect(readBack(text)).rejects.toMatchObject({ code: 'passphrase-missing' })
  })

  test('says outside only what is sealed inside', async () => {
    await using folder = await openTestFolder()
    const path = join(folder.path, 'keys.json')
    await replaceKeyFile(path, keys, { passphrase })
    const file = JSON.parse(await readFile(path, 'utf8'))
    const changed = [
      { ...file, member: 'QN' },
      { ...file, kids: { ...file.kids, signing: file.kids.node } },
    ]
    for (const each of changed)
      await expect(readBack(each, { passphrase })).rejects.toMatchObject({ code: 'key-file-malformed' })
  })

  test('that was chosen to be unencrypted says so', async () => {
    await using folder = await openTestFolder()
    const path = join(folder.path, 'keys.json')
    await replaceKeyFile(path, keys, { unencrypted: true })
    const file = parseKeyFile(path, await readFile(path, 'utf8'))
    expect(file.marks).toEqual({ demonstration: false, unencrypted: true })
    expect(await file.open(undefined)).toEqual(keys)
  })
})

describe('the registry that keys are used with', () => {
  test('may not be that of the demonstration', async () => {
    const registry = await exampleRegistry()
    await expect(checkNotExampleRegistry(registry, 'trust.json')).rejects.toMatchObject({
      code: 'demonstration-keys',
    })
    await checkNotExampleRegistry({ ...registry, net: 'a'.repeat(52) }, 'trust.json')
  })

  test('must be that of the demonstration for a node that joins it', async () => {
    const registry = await exampleRegistry()
    await checkExampleRegistry(registry, 'trust.json')
    const other = { ...registry, net: 'a'.repeat(52) }
    await expect(checkExampleRegistry(other, 'trust.json')).rejects.toMatchObject({ code: 'usage' })
  })

  test('must hold the signing key of this member', async () => {
    const registry = await exampleRegistry()
    const keys = await exampleKeys('QM')
    checkKeysKnown({ keys, registry, member: 'QM' })
    checkKeysKnown({ keys: { ...ownKeys(), next: keys.signing }, registry, member: 'QM' })
    checkKeysKnown({ keys: ownKeys(), registry, member: 'QM', hasNewerRegistry: true })
    const wrong = [
      { keys, member: 'QN' },
      { keys: ownKeys(), member: 'QM' },
      { keys: { ...keys, signing: (await exampleKeys('QN')).signing }, member: 'QM' },
    ]
    for (const each of wrong) {
      expect(() => checkKeysKnown({ ...each, registry })).toThrow(
        expect.objectContaining({ code: 'keys-not-in-registry' }),
      )
    }
  })
})

async function exampleRegistry() {
  return openTrust(await readFile(join(exampleFolder, 'trust.json'), 'utf8'))
}
