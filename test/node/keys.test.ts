import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkKeysKnown, checkNotExampleRegistry, exampleFolder, readKeyFile } from '../../node/keys.ts'
import { openTrust } from '../../protocol/index.ts'
import { keysOfMember, type MemberKeys } from '../../scripts/alliance.ts'
import { openTestFolder } from './cli/run.ts'

/** Keys that no example has, as a real node's would be. */
function ownKeys(): Omit<MemberKeys, 'demonstration'> {
  const { demonstration: _, ...keys } = keysOfMember('a test of its own', 'QM')
  return keys
}

async function readBack(content: object | string, { mode = 0o600 } = {}) {
  await using folder = await openTestFolder()
  const path = join(folder.path, 'keys.json')
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  await chmod(path, mode)
  return await readKeyFile(path, { demonstration: 'refused' })
}

async function exampleKeys(member: string): Promise<MemberKeys> {
  return JSON.parse(await readFile(join(exampleFolder, `${member}.json`), 'utf8'))
}

describe('a key file', () => {
  test('gives the keys of its member', async () => {
    const { member, node, signing, recovery } = ownKeys()
    expect(await readBack(ownKeys())).toEqual({ member, node, signing, recovery })
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
    ['of another format', { ...ownKeys(), format: 'focalpoint-keys/2' }],
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

describe('the registry that keys are used with', () => {
  test('may not be that of the demonstration', async () => {
    const registry = await exampleRegistry()
    await expect(checkNotExampleRegistry(registry, 'trust.json')).rejects.toMatchObject({
      code: 'demonstration-keys',
    })
    await checkNotExampleRegistry({ ...registry, net: 'a'.repeat(52) }, 'trust.json')
  })

  test('must hold the signing key of this member', async () => {
    const registry = await exampleRegistry()
    const keys = await exampleKeys('QM')
    checkKeysKnown({ keys, registry, member: 'QM' })
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
