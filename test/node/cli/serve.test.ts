import { chmod, copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exampleFolder } from '../../../node/keys.ts'
import { keysOfMember } from '../../../scripts/alliance.ts'
import { openTestFolder, runFocalpoint } from './run.ts'

interface Given {
  toml?: string
  keys?: 'none' | 'example' | 'unmarked' | 'unencrypted' | 'own'
  mode?: number
  words?: string[]
}

/** Serves from a folder of its own with the example registry, and tells what the folder then holds. */
async function serveWith({
  toml = 'member = "QM"\ndata_dir = "data"',
  keys = 'own',
  mode = 0o600,
  words = [],
}: Given) {
  await using folder = await openTestFolder()
  const at = (name: string) => join(folder.path, name)
  await writeFile(at('focalpoint.toml'), toml)
  await copyFile(join(exampleFolder, 'trust.json'), at('trust.json'))
  if (keys !== 'none') {
    await writeFile(at('focalpoint-keys.json'), await keyText(keys))
    await chmod(at('focalpoint-keys.json'), mode)
  }
  const ran = await runFocalpoint(['serve', ...words], { folder: folder.path })
  return { ...ran, files: await readdir(folder.path) }
}

async function keyText(keys: Exclude<Given['keys'], 'none' | undefined>): Promise<string> {
  const example = await readFile(join(exampleFolder, 'QM.json'), 'utf8')
  if (keys === 'example') return example
  const { demonstration: _, ...unmarked } =
    keys === 'unmarked' ? JSON.parse(example) : keysOfMember('own', 'QM')
  return JSON.stringify({ ...unmarked, ...(keys === 'own' && { unencrypted: true }) })
}

describe('serve refuses in one sentence', () => {
  test.each<[string, Given, number]>([
    ['a configuration that is no TOML', { toml: 'member = ' }, 2],
    ['a key that it does not know', { toml: 'membr = "QM"' }, 2],
    ['no key file', { keys: 'none' }, 3],
    ['a key file that others can read', { mode: 0o644 }, 4],
    ['keys of the demonstration', { keys: 'example' }, 4],
    ['keys of the demonstration without their mark', { keys: 'unmarked' }, 4],
    ['keys that nobody chose to leave unencrypted', { keys: 'unencrypted' }, 4],
    ['the registry of the demonstration', { keys: 'own' }, 4],
    ['a registry that does not know its keys', { keys: 'own', words: ['--join-demonstration'] }, 4],
  ])('%s, and makes nothing', async (_, given, expected) => {
    const { code, stdout, stderr, files } = await serveWith(given)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(expected)
    expect(stdout).toBe('')
    expect(files).not.toContain('data')
  })

  test('a wrong value, with a line for each', async () => {
    const { code, stderr } = await serveWith({ toml: 'member = "Q"\n[api]\nport = 99999' })
    expect(code).toBe(2)
    expect(stderr).toContain('\n  /member: ')
    expect(stderr).toContain('\n  /api/port: ')
  })
})
