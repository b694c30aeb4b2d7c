// Starts the demonstration as a person would, asks each node, stops it, and looks for what it left: `npm run smoke`.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

interface Ready {
  ready: boolean
  nodes: { member: string; url: string; dataDir: string; pid: number }[]
}

/** Generous: the machine may be doing other things. */
const readyWithinMs = 60_000
/** The demonstration promises 2 s from the signal to its end; npm needs a moment of its own. */
const endWithinMs = 5000

const started = performance.now()
const npm = spawn('npm', ['start', '--silent', '--', '--json'], {
  cwd: join(import.meta.dirname, '..'),
  stdio: ['ignore', 'pipe', 'inherit'],
  detached: true,
})
try {
  const { nodes } = await firstLine(npm)
  console.log(`${nodes.length} nodes ready after ${secondsSince(started)} s`)
  assert.equal(nodes.length, 6)
  for (const { member, url } of nodes) {
    const { status } = await fetch(`${url}/healthz`)
    console.log(`${member}: GET ${url}/healthz ${status}`)
    assert.equal(status, 200)
  }
  const stopped = performance.now()
  await stop(npm)
  const folders = await waitUntilGone(nodes)
  console.log(`${nodes.length} nodes and ${folders.join(', ')} gone ${secondsSince(stopped)} s after SIGTERM`)
} finally {
  if (isRunning(npm)) signalAll(npm, 'SIGKILL')
}

async function firstLine({ stdout }: ChildProcess): Promise<Ready> {
  assert(stdout)
  const signal = AbortSignal.timeout(readyWithinMs)
  const [line] = await once(createInterface({ input: stdout }), 'line', { signal })
  const said: Ready = JSON.parse(line)
  assert.equal(said.ready, true)
  return said
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(endWithinMs) })
  signalAll(child, 'SIGTERM')
  await ended
}

/** Processes, ports and the temporary folder; npm may end a little before what it started. */
async function waitUntilGone(nodes: Ready['nodes']): Promise<string[]> {
  const folders = [...new Set(nodes.map(({ dataDir }) => dirname(dataDir)))]
  const pids = [...new Set(nodes.map(({ pid }) => pid))]
  const left = () => [...folders.filter(path => existsSync(path)), ...pids.filter(exists)]
  for (const until = performance.now() + endWithinMs; left().length > 0 && performance.now() < until; )
    await pause(50)
  assert.deepEqual(left(), [], 'the demonstration left folders or processes')
  for (const { url } of nodes) await assert.rejects(fetch(`${url}/healthz`), `${url} still answers`)
  return folders
}

/** npm and all that it started are one process group. */
function signalAll({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid !== undefined) process.kill(-pid, signal)
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1)
}
