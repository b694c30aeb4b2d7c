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
})
