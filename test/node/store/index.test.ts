import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../../node/store/index.ts'
import { put } from '../../../node/store/operation.ts'
import { removeFolder, temporaryFolder } from './builders.ts'

test('a second process on one data folder is told so', async () => {
  const dir = await temporaryFolder()
  await using _ = await openStore({ dir })
  const script = `
    const { openStore } = await import(${JSON.stringify(new URL('../../../node/store/index.ts', import.meta.url).href)})
    await openStore({ dir: ${JSON.stringify(dir)} }).catch(error => console.log(error.code))`
  const second = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const told = second.stdout.setEncoding('utf8').toArray()
  await once(second, 'exit')
  expect((await told).join('').trim()).toBe('data-folder-in-use')
  await removeFolder(dir)
})

test('a folder that is a file is refused by name', async () => {
  const dir = await temporaryFolder()
  await writeFile(join(dir, 'file'), '')
  await expect(openStore({ dir: join(dir, 'file') })).rejects.toMatchObject({ code: 'data-folder-unusable' })
  await removeFolder(dir)
})

test('a store of another version is refused, not misread, and its folder is free again', async () => {
  const dir = await temporaryFolder()
  {
    await using store = await openStore({ dir })
    await store.write([put('meta!schema', '999')])
  }
  await expect(openStore({ dir })).rejects.toMatchObject({ code: 'store-version-differs' })
  await expect(openStore({ dir })).rejects.toMatchObject({ code: 'store-version-differs' })
  await removeFolder(dir)
})
