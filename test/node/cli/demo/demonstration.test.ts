import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { roles } from '../../../../node/people.ts'
import { eventually } from '../../../eventually.ts'
import { isAlive } from '../../../is-alive.ts'
import { binFile, openTestFolder, runFocalpoint } from '../run.ts'

interface ReadyNode {
  member: string
  url: string
  tokens: Record<string, string>
  signIn: Record<string, string>
  dataDir: string
  pid: number
}

interface Demonstration extends AsyncDisposable {
  process: ChildProcess
  ready: { ready: boolean; nodes: ReadyNode[] }
  /** Where its temporary folder is. */
  temporary: string
}

/** What "at once" may take here: the two seconds of the contract, and a busy machine. */
const endWithin = { timeout: 5000 }
/** Where nobody asks how soon. */

async function openDemonstration(words: string[]): Promise<Demonstration> {
  const folder = await openTestFolder()
  const child = spawn(process.execPath, [binFile, 'demo', '--json', '-q', ...words], {
    env: { PATH: process.env.PATH ?? '', TMPDIR: folder.path },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The demonstration ended with ${code} before it was ready.`)
    }),
  ])
  return {
    process: child,
    ready: JSON.parse(line),
    temporary: folder.path,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await folder[Symbol.asyncDispose]()
    },
  }
}

describe('the demonstration', () => {
  test('says in one object where each node is, and ends with all of it when told to', async () => {
    await using demonstration = await openDemonstration(['--nodes', '2', '--no-seed-data'])
    const { ready, nodes } = demonstration.ready
    expect(ready).toBe(true)
    expect(nodes.map(node => node.member)).toEqual(['QM', 'QN'])
    for (const node of nodes) {
      expect(Object.keys(node).sort()).toEqual(
        ['dataDir', 'member', 'name', 'peerId', 'pid', 'signIn', 'tokens', 'url'].sort(),
      )
      expect(Object.keys(node.tokens).sort()).toEqual([...roles].sort())
      expect(Object.keys(node.signIn).sort()).toEqual([...roles].sort())
      expect((await fetch(`${node.url}/healthz`)).status).toBe(200)
      expect(existsSync(node.dataDir)).toBe(true)
    }
    demonstration.process.kill('SIGINT')
    const [code] = await once(demonstration.process, 'exit', {
      signal: AbortSignal.timeout(endWithin.timeout),
    })
    expect(code).toBe(0)
    expect(nodes.filter(node => isAlive(node.pid))).toEqual([])
    expect(await readdir(demonstration.temporary)).not.toContainEqual(
      expect.stringMatching(/^focalpoint-demo-/),
    )
  })

  test('says where its data stays that it was told to keep', async () => {
    await using folder = await openTestFolder()
    const data = join(folder.path, 'kept')
    // No port is that high, so it ends before anything is opened.
    const { code, stderr } = await runFocalpoint(['demo', '--data', data, '--port-base', '65535'])
    expect({ code, said: stderr.includes(`Kept in ${data}`) }).toEqual({ code: 2, said: true })
    expect(existsSync(data)).toBe(true)
  })

  test('leaves no process behind when it is killed itself', async () => {
    await using demonstration = await openDemonstration(['--nodes', '2', '--no-seed-data'])
    const { nodes } = demonstration.ready
    expect(nodes.every(node => isAlive(node.pid))).toBe(true)
    demonstration.process.kill('SIGKILL')
    await eventually(() => expect(nodes.filter(node => isAlive(node.pid))).toEqual([]))
  })

  test('tells its stories to every node before it says that it is ready', async () => {
    await using demonstration = await openDemonstration(['--nodes', '3'])
    const lists = await Promise.all(
      demonstration.ready.nodes.map(async node => {
        const headers = { authorization: `Bearer ${node.tokens.customs}` }
        const answer = await fetch(`${node.url}/v1/notices?limit=200`, { headers })
        return (await answer.json()) as { id: string; exercise: boolean; standing: string }[]
      }),
    )
    const [first = []] = lists
    expect(first.length).toBeGreaterThan(10)
    expect(first.filter(notice => !notice.exercise || notice.standing !== 'verified')).toEqual([])
    const sorted = lists.map(list => list.map(({ id }) => id).sort())
    expect(sorted).toEqual(sorted.map(() => sorted[0]))
  })
})
