import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export const projectFolder = join(import.meta.dirname, '..', '..', '..')
export const binFile = join(projectFolder, 'node', 'bin.js')

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

interface Running {
  input?: string
  environment?: Record<string, string>
  folder?: string
  /** What the file descriptors 3, 4 … hold. */
  descriptors?: string[]
  /** Arguments of Node itself. */
  nodeOptions?: string[]
}

/** Runs the command to its end, in an environment that says nothing of focalpoint. */
export async function runFocalpoint(
  words: string[],
  { input = '', environment = {}, folder = tmpdir(), nodeOptions = [], descriptors = [] }: Running = {},
): Promise<Ran> {
  return run(process.execPath, [...nodeOptions, binFile, ...words], {
    input,
    environment,
    folder,
    descriptors,
  })
}

export async function run(
  program: string,
  words: string[],
  {
    input,
    environment,
    folder,
    descriptors = [],
  }: Required<Omit<Running, 'nodeOptions' | 'descriptors'>> & Pick<Running, 'descriptors'>,
): Promise<Ran> {
  const child = spawn(program, words, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1', ...environment },
    stdio: ['pipe', 'pipe', 'pipe', ...descriptors.map(() => 'pipe' as const)],
  })
  child.stdin.end(input)
  for (const [at, held] of descriptors.entries()) {
    const descriptor = child.stdio[3 + at]
    if (descriptor && 'end' in descriptor) descriptor.on('error', () => {}).end(held)
  }
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { code, stdout, stderr }
}

/** A folder of its own for one test, gone afterwards. */
export async function openTestFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'focalpoint-test-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}
