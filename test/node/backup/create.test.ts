import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Participants } from '../../network/participants.ts'
import { backUp } from './backups.ts'

let alliance: Participants
let text: string

beforeAll(async () => {
  alliance = await Participants.make(1)
  const [node] = await alliance.openReady(['QM'])
  await node.issue()
  text = ''
  for await (const piece of node.node.desk.backup()) text += piece
})
afterAll(() => alliance[Symbol.asyncDispose]())

const lastBackup = () => join(alliance.dataDirOf('QM'), 'last-backup.json')

test('rows that were cut off on their way make no backup and leave nothing behind', async () => {
  for (const cut of [text.slice(0, -2), text.slice(0, text.length / 2), '']) {
    await expect(backUp(alliance, 'QM', { rows: inPieces(cut) })).rejects.toMatchObject({
      code: 'backup-invalid',
    })
    expect(await readdir(join(alliance.folder, 'backups'))).toEqual([])
    expect(existsSync(lastBackup())).toBe(false)
  }
})

test('rows of another node make no backup', async () => {
  const rows = inPieces(text.replace('"member":"QM"', '"member":"QN"'))
  await expect(backUp(alliance, 'QM', { rows })).rejects.toMatchObject({ code: 'conflict' })
})

test('two backups of one second: the first stands', async () => {
  const now = 1_790_000_000
  const { folder } = await backUp(alliance, 'QM', { rows: inPieces(text), now })
  await expect(backUp(alliance, 'QM', { rows: inPieces(text), now })).rejects.toMatchObject({
    code: 'already-there',
  })
  expect(await readdir(join(alliance.folder, 'backups'))).toEqual([folder.split('/').at(-1)])
  expect(existsSync(lastBackup())).toBe(true)
})

test('files of a node that never ran are no store to back up', async () => {
  const dataDir = join(alliance.folder, 'new')
  await expect(backUp(alliance, 'QM', { dataDir })).rejects.toMatchObject({ code: 'not-found' })
})

async function* inPieces(whole: string): AsyncGenerator<string> {
  for (let at = 0; at < whole.length; at += 1000) yield whole.slice(at, at + 1000)
}
