import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Role } from '../../node/people.ts'

export interface DemonstrationNode {
  member: string
  name: string
  url: string
  tokens: Record<Role, string>
  signIn: Record<Role, string>
  dataDir: string
  pid: number
}

export interface Demonstration extends AsyncDisposable {
  nodes: readonly DemonstrationNode[]
  node(member: string): DemonstrationNode
}

/** The real demonstration in processes of its own. */
export async function openDemonstration({
  nodes = 2,
  pauseSeconds = 0,
}: {
  nodes?: number
  /** In which sending can be stopped. */
  pauseSeconds?: number
} = {}): Promise<Demonstration> {
  const bin = join(import.meta.dirname, '../../node/bin.js')
  // Below the ports that systems give out by themselves, and another ten for each process that asks.
  const base = String(10_000 + (process.pid % 2000) * 10)
  const options = [
    'demo',
    '--json',
    '--quiet',
    '--nodes',
    String(nodes),
    '--port-base',
    base,
    '--pause',
    String(pauseSeconds),
  ]
  const child = spawn(process.execPath, [bin, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const line = once(createInterface(child.stdout), 'line')
  const first = await Promise.race([line, ended.then(() => undefined)])
  if (first === undefined) throw new Error('The demonstration ended before it was ready.')
  const { nodes: ready } = JSON.parse(String(first[0])) as { nodes: DemonstrationNode[] }
  return {
    nodes: ready,
    node: member => {
      const found = ready.find(each => each.member === member)
      if (found === undefined) throw new Error(`${member} has no node here.`)
      return found
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
