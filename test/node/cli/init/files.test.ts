import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeAll } from '../../../../node/cli/init/files.ts'
import { openTestFolder } from '../run.ts'

test('a record of another key is never taken for a new one, and the disk that it is to be on may be new', async () => {
  await using folder = await openTestFolder()
  const at = (name: string) => join(folder.path, name)
  const places = { folder: at('node'), dataDir: at('data'), lastSignedDir: at('disk') }
  await mkdir(at('disk/lost+found'), { recursive: true })
  await writeAll(places, [])
  expect((await readdir(at('disk'))).sort()).toEqual(['capital.json', 'lost+found', 'torture.json'])
  await expect(writeAll(places, [])).rejects.toMatchObject({ code: 'already-there' })
})

const file = (name: string) => ({ name, text: 'text', isSecret: true })

test('a file that cannot be written takes away those before it, and the folders made for them', async () => {
  await using folder = await openTestFolder()
  await mkdir(join(folder.path, 'there'))
  const node = join(folder.path, 'there', 'new', 'node')
  const places = {
    folder: node,
    dataDir: join(node, 'data'),
    lastSignedDir: join(folder.path, 'there', 'signed'),
  }
  const made = writeAll(places, [file('one'), file('no/such/folder')])
  await expect(made).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await readdir(join(folder.path, 'there'))).toEqual([])
})
