import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exampleFolder } from '../../node/keys.ts'
import { makePrivateKey } from '../../node/secret-file.ts'
import {
  openCoordinatorKey,
  openRecoveryKey,
  recoveryKeyText,
  writeCoordinatorKey,
} from '../../node/single-key.ts'
import { openTestFolder } from './cli/run.ts'

const passphrase = 'five words are easy to keep'
const key = makePrivateKey()

describe('a key that is kept offline', () => {
  test('opens to its passphrase alone, and says whose it is', async () => {
    await using folder = await openTestFolder()
    const path = join(folder.path, 'coordinator.json')
    await writeCoordinatorKey(path, { owner: 'secretariat', key }, { passphrase })
    const opened = await openCoordinatorKey(path, async () => passphrase)
    expect(opened).toEqual({ owner: 'secretariat', key, demonstration: false })
    await expect(openCoordinatorKey(path, async () => 'another')).rejects.toMatchObject({
      code: 'passphrase-wrong',
    })
    await expect(openCoordinatorKey(path)).rejects.toMatchObject({ code: 'passphrase-missing' })
    await expect(openRecoveryKey(path, async () => passphrase)).rejects.toMatchObject({
      code: 'key-file-malformed',
    })
  })

  test('is never overwritten', async () => {
    await using folder = await openTestFolder()
    const path = join(folder.path, 'coordinator.json')
    await writeCoordinatorKey(path, { owner: 'secretariat', key }, { unencrypted: true })
    const again = writeCoordinatorKey(path, { owner: 'another', key }, { unencrypted: true })
    await expect(again).rejects.toMatchObject({ code: 'already-there' })
    expect((await openCoordinatorKey(path)).owner).toBe('secretariat')
    await chmod(path, 0o644)
    await expect(openCoordinatorKey(path)).rejects.toMatchObject({ code: 'key-file-exposed' })
  })

  test('of a member opens as its recovery key, and under no other name', async () => {
    await using folder = await openTestFolder()
    const path = join(folder.path, 'recovery.json')
    const text = await recoveryKeyText({ owner: 'QM', key }, { passphrase })
    await writeFile(path, text, { mode: 0o600 })
    expect((await openRecoveryKey(path, async () => passphrase)).owner).toBe('QM')
    await writeFile(path, text.replace('"QM"', '"QN"'))
    await expect(openRecoveryKey(path, async () => passphrase)).rejects.toMatchObject({
      code: 'key-file-malformed',
    })
  })

  test('of the demonstration says that everybody has it; unmarked and plain it is refused', async () => {
    const example = join(exampleFolder, 'coordinator-1.json')
    expect(await openCoordinatorKey(example)).toMatchObject({ owner: 'coordinator-1', demonstration: true })
    await using folder = await openTestFolder()
    const path = join(folder.path, 'unmarked.json')
    const { demonstration: _, ...unmarked } = JSON.parse(await readFile(example, 'utf8'))
    await writeFile(path, JSON.stringify(unmarked), { mode: 0o600 })
    await expect(openCoordinatorKey(path)).rejects.toMatchObject({ code: 'key-file-unencrypted' })
  })
})
