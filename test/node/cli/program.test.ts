import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { commands } from '../../../node/cli/commands.ts'
import { openTestFolder, projectFolder, runFocalpoint } from './run.ts'

/** Prints the address of every module that is loaded, on stderr. */
const loadHook = `
import { registerHooks } from 'node:module'
registerHooks({
  load(url, context, next) {
    process.stderr.write('loaded ' + url + '\\n')
    return next(url, context)
  },
})
`

async function loadedBy(words: string[]): Promise<string[]> {
  const hook = `data:text/javascript,${encodeURIComponent(loadHook)}`
  const { stderr } = await runFocalpoint(words, { nodeOptions: ['--import', hook] })
  return stderr
    .split('\n')
    .flatMap(line => (line.startsWith('loaded ') ? [line.slice('loaded '.length)] : []))
}

test.each([[['--help']], [['help']], [['--version']]])('%j loads only what it shows', async words => {
  const loaded = await loadedBy(words)
  expect(loaded).toContain(pathToFileURL(join(projectFolder, 'node', 'main.ts')).href)
  const packages = new Set(loaded.flatMap(url => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []))
  expect([...packages]).toEqual(['commander'])
  expect(loaded.filter(url => url.includes('/protocol/'))).toEqual([])
})

test('the help of a command loads no node', async () => {
  const loaded = await loadedBy(['notice', 'list', '--help'])
  expect(loaded.filter(url => /libp2p|fastify|classic-level/.test(url))).toEqual([])
})

test('help tells of every command on stdout', async () => {
  const { code, stdout } = await runFocalpoint(['--help'])
  expect(code).toBe(0)
  expect(commands.map(({ name }) => name).filter(name => !stdout.includes(`  ${name} `))).toEqual([])
})

test.each(commands.map(({ name }) => name))('"help %s" says what it does', async name => {
  const { code, stdout } = await runFocalpoint(['help', name])
  expect(code).toBe(0)
  expect(stdout).toContain(`Usage: focalpoint ${name}`)
})

test('"config show" prints a file that gives the same settings, with where each came from', async () => {
  await using folder = await openTestFolder()
  const words = ['config', 'show', '--json', '--api-port', '1234']
  const environment = { FOCALPOINT_MEMBER: 'QM' }
  const { code, stdout } = await runFocalpoint(words, { folder: folder.path, environment })
  expect(code).toBe(0)
  const settings: { name: string; value: unknown; origin: string }[] = JSON.parse(stdout)
  expect(settings.find(({ name }) => name === 'api.port')).toMatchObject({ value: 1234, origin: 'flag' })
  expect(settings.find(({ name }) => name === 'member')).toMatchObject({ value: 'QM', origin: 'environment' })
  expect(await readdir(folder.path)).toEqual([])
})

test('an id that begins with a dash is an id, wherever it stands', async () => {
  const id = `-${'a'.repeat(42)}`
  // Nothing listens on port 1: what is told is that no node is there, and not that the option is unknown.
  const elsewhere = { environment: { FOCALPOINT_URL: 'http://127.0.0.1:1', FOCALPOINT_TOKEN: 'fp_x' } }
  for (const words of [
    ['notice', 'show', id],
    ['notice', 'show', id, '--json'],
    ['notice', 'show', '--', id],
  ]) {
    expect(await runFocalpoint(words, elsewhere)).toMatchObject({ code: 5 })
  }
  const { code, stderr } = await runFocalpoint(['notice', 'show', '-x'], elsewhere)
  expect([code, stderr]).toEqual([2, expect.stringContaining('-x')])
})
