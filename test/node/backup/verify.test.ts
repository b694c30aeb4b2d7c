import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyBackup } from '../../../node/backup/verify.ts'
import { Participants } from '../../network/participants.ts'
import { backUp, rewrite } from './backups.ts'

let alliance: Participants
let whole: string

beforeAll(async () => {
  alliance = await Participants.make(1)
  const [node] = await alliance.openReady(['QM'])
  for (let count = 0; count < 3; count++) await node.issue()
  whole = (await backUp(alliance, 'QM', { rows: node.node.desk.backup() })).folder
})
afterAll(() => alliance[Symbol.asyncDispose]())

test('a backup says what it holds', async () => {
  const { manifest, notices, registry } = await verifyBackup(whole)
  expect(manifest).toMatchObject({ member: 'QM', net: registry.net, counts: { notice: 3, log: 3, head: 1 } })
  expect(notices).toBe(3)
  expect(manifest.heads.torture?.QM?.[0]).toBe(3)
})

test('it holds no record of what was signed last, no mark of the store and nothing that can be made again', async () => {
  const rows = await readFile(join(whole, 'rows.ndjson'), 'utf8')
  const tables = new Set([...rows.matchAll(/^\["([a-z]+)!/gm)].map(([, table]) => table))
  for (const table of ['index', 'words', 'batch']) expect(tables).not.toContain(table)
  expect(rows).not.toContain('registry!beacon')
  expect(Object.keys((await verifyBackup(whole)).manifest.files).sort()).toEqual([
    'focalpoint.toml',
    'keys.json',
    'rows.ndjson',
    'trust.json',
  ])
})

describe('refused as changed:', () => {
  test.each(['manifest.json', 'rows.ndjson', 'keys.json', 'trust.json', 'focalpoint.toml'])(
    'one bit of %s',
    async name => {
      await using copy = await copied()
      const path = join(copy.path, name)
      const bytes = await readFile(path)
      // A quotation mark or a letter in the middle of the file, never white space.
      const at = bytes.findIndex((byte, index) => index >= bytes.length / 2 && byte > 0x20)
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
      await writeFile(path, bytes)
      await expect(verifyBackup(copy.path)).rejects.toMatchObject({ code: 'backup-invalid' })
    },
  )

  test.each(['manifest.json', 'rows.ndjson', 'keys.json', 'trust.json'])('%s is missing', async name => {
    await using copy = await copied()
    await rm(join(copy.path, name))
    await expect(verifyBackup(copy.path)).rejects.toMatchObject({ code: 'backup-invalid' })
  })

  // Who can write to the backup can mend its digests too; what is signed tells all the same.
  const forgeries: Record<string, (lines: string[]) => string[]> = {
    'a signature': lines => lines.map(line => (isRow(line, 'log') ? flipSignature(line) : line)),
    'a part': lines =>
      lines.map(line => (isRow(line, 'log') ? line.replace('body/channel/', 'body/channel/WyI') : line)),
    'the last notice of a log is left out': lines => withoutLast(lines, 'log'),
    'the row of a notice is left out': lines => withoutLast(lines, 'notice'),
    'a head is set back': lines =>
      lines.map(line => (isRow(line, 'head') ? line.replace(/"3 /, '"2 ') : line)),
    'a part is there although it was erased': lines => [
      ...lines.slice(0, 1),
      JSON.stringify([`erased!${idIn(lines)}!body`, '1790000000']),
      ...lines.slice(1),
    ],
    'a line is no row': lines => [...lines.slice(0, 2), '{"so":"what"}', ...lines.slice(2)],
    'the end is cut off': lines => lines.slice(0, -1),
    'whose rows they are': lines => [String(lines[0]).replace('"QM"', '"QN"'), ...lines.slice(1)],
  }

  test.each(Object.keys(forgeries))('%s, with its digests mended', async name => {
    await using copy = await copied()
    const path = join(copy.path, 'rows.ndjson')
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    const forged = forgeries[name]?.(lines) ?? []
    expect(forged).not.toEqual(lines)
    await rewrite(copy.path, `${forged.join('\n')}\n`)
    await expect(verifyBackup(copy.path)).rejects.toMatchObject({ code: 'backup-invalid' })
  })

  test('and the control: rewritten with nothing changed, it is accepted', async () => {
    await using copy = await copied()
    await rewrite(copy.path, await readFile(join(copy.path, 'rows.ndjson'), 'utf8'))
    expect(await verifyBackup(copy.path)).toMatchObject({ notices: 3 })
  })
})

async function copied(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(alliance.folder, 'copy-'))
  await cp(whole, path, { recursive: true })
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

function isRow(line: string, table: string): boolean {
  return line.startsWith(`["${table}!`)
}

/** In the first character of the signature, so that the text stays canonical. */
function flipSignature(line: string): string {
  return line.replace(
    /\.([A-Za-z0-9_-])([A-Za-z0-9_-]{85} )/,
    (_, first, rest) => `.${first === 'B' ? 'C' : 'B'}${rest}`,
  )
}

function withoutLast(lines: readonly string[], table: string): string[] {
  const last = lines.findLastIndex(line => isRow(line, table))
  return lines.toSpliced(last, 1)
}

function idIn(lines: readonly string[]): string {
  return /"notice!([\w-]{43})"/.exec(lines.find(line => isRow(line, 'notice')) ?? '')?.[1] ?? ''
}
