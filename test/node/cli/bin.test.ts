import { execFileSync } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { binFile, openTestFolder, run } from './run.ts'

const systemNode = '/usr/bin/node'
const oldVersion = oldNodeVersion()
const why = oldVersion === undefined ? ` (skipped: ${systemNode} is no Node older than 24)` : ''

function oldNodeVersion(): string | undefined {
  try {
    const version = execFileSync(systemNode, ['--version'], { encoding: 'utf8' }).trim()
    return Number(version.slice(1).split('.')[0]) < 24 ? version : undefined
  } catch {
    return undefined
  }
}

const words = [
  'init',
  '--folder',
  'made',
  '--member',
  'QP',
  '--name',
  'Palomar',
  '--kind',
  'state',
  '--found',
]
words.push(
  '--channel',
  'torture',
  '--announce=',
  '--contact',
  'role=a,email=a@example.org',
  '--passphrase-fd',
)

function made(program: string, folder: string, descriptors: string[], fd = 3) {
  return run(program, [binFile, ...words, String(fd)], { input: '', environment: {}, folder, descriptors })
}

test.each([3, 5, 11, 12, 99])(
  'file descriptor %d that nobody handed over is named, and nothing breaks',
  async fd => {
    await using folder = await openTestFolder()
    const { code, stderr } = await made(process.execPath, folder.path, [], fd)
    expect({
      code,
      named: stderr.includes(`file descriptor ${fd} `),
      lines: stderr.trim().split('\n').length,
    }).toEqual({
      code: 2,
      named: true,
      lines: 1,
    })
  },
)

describe.skipIf(oldVersion === undefined)(`started by a Node that is too old${why}`, () => {
  test('it says in one line which it needs', async () => {
    await using folder = await openTestFolder()
    const alone = join(folder.path, 'bin.js')
    await copyFile(binFile, alone)
    const ran = await run(systemNode, [alone, '--help'], { input: '', environment: {}, folder: folder.path })
    expect(ran.code).toBe(2)
    expect(ran.stdout).toBe('')
    expect(ran.stderr.trim().split('\n')).toHaveLength(1)
    expect(ran.stderr).toContain(`needs Node 24 or newer; this is ${oldVersion}`)
  })

  test('it goes on with the Node that npm brought along, with the same words, streams and exit code', async () => {
    await using folder = await openTestFolder()
    const given = { input: '', environment: {}, folder: folder.path }
    expect(await run(systemNode, [binFile, 'statsu'], given)).toMatchObject({ code: 2 })
    const help = await run(systemNode, [binFile, '--help'], given)
    expect(help.code).toBe(0)
    expect(help.stdout).toContain('Usage: focalpoint')
  })

  test('it hands on every stream that it was given, under the same number', async () => {
    await using folder = await openTestFolder()
    expect(await made(systemNode, folder.path, ['five words are easy to keep'])).toMatchObject({ code: 0 })
    const shell = `exec ${systemNode} ${binFile} ${words.join(' ')} 9 9< <(echo five words are easy to keep)`
    const where = { input: '', environment: {}, folder: folder.path }
    const ran = await run('bash', ['-c', shell.replace('--folder made', '--folder other')], where)
    expect(ran).toMatchObject({ code: 0 })
  })
})
