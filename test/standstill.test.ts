import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, type OnTestFinishedHandler, test } from 'vitest'
import { eventually } from './eventually.ts'
import { root } from './house/tree.ts'
import { isAlive } from './is-alive.ts'

const longestMs = 3000

describe.concurrent('watched:', () => {
  test('a test in an endless loop, which no time limit ends, is named, and its worker ended with its descendants', async ({
    onTestFinished,
  }) => {
    const tests = `
      test('ends', () => {})
      test('goes on for ever', () => {
        const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
        writeFileSync('processes.json', JSON.stringify([process.pid, child.pid]))
        for (;;) {}
      })`
    const { code, said, folder } = await run(tests, onTestFinished)
    expect(said).toMatch(/\d s {2}still\.test\.ts, at or after: (?:ends|goes on for ever)\n/)
    expect(code).toBe(1)
    const processes: number[] = JSON.parse(await readFile(join(folder, 'processes.json'), 'utf8'))
    await eventually(() => expect(processes.filter(isAlive)).toEqual([]))
  })

  test('a file that stands still before its first test is named', async ({ onTestFinished }) => {
    const { code, said } = await run('for (;;) {}', onTestFinished)
    expect(said).toContain('still.test.ts, outside its tests')
    expect(code).toBe(1)
  })

  test('a file that takes longer is left alone while its tests end', async ({ onTestFinished }) => {
    const oneTest = `() => new Promise(resolve => setTimeout(resolve, ${longestMs / 3}))`
    const { code, said } = await run(`test.each([1, 2, 3, 4])('ends', ${oneTest})`, onTestFinished)
    expect({ code, isEnded: said.includes('stands still') }).toEqual({ code: 0, isEnded: false })
  })
})

/** Runs these tests in a folder of their own. */
async function run(
  tests: string,
  onTestFinished: (handler: OnTestFinishedHandler) => void,
): Promise<{ code: number; said: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'focalpoint-standstill-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const imports = `import { spawn } from 'node:child_process'\nimport { writeFileSync } from 'node:fs'\n`
  await writeFile(join(folder, 'still.test.ts'), `${imports}${tests}`)
  await writeFile(
    join(folder, 'vitest.config.mjs'),
    `import { Standstill } from ${JSON.stringify(join(import.meta.dirname, 'standstill.ts'))}
    const reporters = ['default', new Standstill({ longestMs: ${longestMs} })]
    export default { test: { globals: true, pool: 'forks', reporters } }`,
  )
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const closed = once(child, 'close')
  const said = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await closed
  return { code, said: said.join(''), folder }
}
