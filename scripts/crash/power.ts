import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'

// What a power cut leaves, as somebody outside the program sees it. The observer writes down every write, flush and rename of
// the child; after `kill -9` each file is cut to what had been written when its last flush that ended had begun, and a
// file that was never flushed is removed. Renames and removals count as done, in the order in which they were made.

const calls =
  'openat,open,creat,write,pwrite64,writev,pwritev,fdatasync,fsync,rename,renameat,renameat2,unlink,unlinkat,ftruncate'

/** Who can watch a child: strace, or a library of ours that is compiled when it is needed. */
export const observers = ['strace', 'preload'] as const
export type Observer = (typeof observers)[number]

/** Whether this machine lets one process watch another in this way. */
export function canObserveWith(observer: Observer): boolean {
  if (observer === 'preload') return spawnSync('gcc', ['--version']).status === 0
  return spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', 'true']).status === 0
}

/** The first that this machine has. */
export function findObserver(): Observer | undefined {
  return observers.find(canObserveWith)
}

/** The command line that starts another command and writes down what it does to files. */
export function observerTo(trace: string, observer: Observer): string[] {
  if (observer === 'preload') return ['env', `LD_PRELOAD=${compiledFor(trace)}`, `OBSERVER_TRACE=${trace}`]
  return ['strace', '-f', '-qq', '-y', '-s', '0', '--seccomp-bpf', '-e', `trace=${calls}`, '-o', trace]
}

/** The library, in the folder of the trace; a trace of before is removed, for the library adds to it. */
function compiledFor(trace: string): string {
  rmSync(trace, { force: true })
  const library = join(dirname(trace), 'observer.so')
  if (existsSync(library)) return library
  const source = join(import.meta.dirname, 'observer.c')
  const { status, stderr } = spawnSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'])
  if (status !== 0) throw new Error(`The observer could not be compiled: ${stderr}`)
  return library
}

/** Bytes of each file in a folder, by path. */
export async function sizesIn(folder: string): Promise<Map<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return new Map(await Promise.all(files.map(async path => [path, (await stat(path)).size] as const)))
}

export interface CutOptions {
  folder: string
  trace: string
  /** What was on disk when the child was started. */
  before: ReadonlyMap<string, number>
}

/** Takes from the folder's files what was never flushed; gives how many bytes went. */
export async function cutPower({ folder, trace, before }: CutOptions): Promise<number> {
  const left = await sizesIn(folder)
  const files = durableFiles((await readTrace(trace)).split('\n'), { before, isLeft: path => left.has(path) })
  let cut = 0
  for (const [path, size] of left) {
    const durable = files.get(path)?.durable
    cut += size - Math.min(size, durable ?? 0)
    if (durable === undefined) await rm(path)
    else if (durable < size) await truncate(path, durable)
  }
  return cut
}

/** Who was killed before the first call that is watched has left no trace: nothing of its writing was flushed. */
async function readTrace(trace: string): Promise<string> {
  try {
    return await readFile(trace, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

interface FileOnDisk {
  written: number
  /** Undefined for a file that was never flushed. */
  durable: number | undefined
}

interface Begun {
  call: string
  /** With all that it was asked: a call that is resumed says no more than its result. */
  text: string
  path: string
  /** What had been written when the call began. */
  written: number
}

export interface Around extends Pick<CutOptions, 'before'> {
  /** Whether the dead child has left a file of this name. */
  isLeft: (path: string) => boolean
}

/** Follows the trace, line by line. */
export function durableFiles(
  lines: readonly string[],
  { before, isLeft }: Around,
): ReadonlyMap<string, FileOnDisk> {
  const files = new Map<string, FileOnDisk>(
    Array.from(before, ([path, size]) => [path, { written: size, durable: size }]),
  )
  const begun = new Map<string, Begun>()
  for (const line of lines) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? []
    const resumed = /^<\.\.\. \w+ resumed>.*= (-?\d+)/.exec(rest)
    const call = resumed ? begun.get(thread) : beginning(rest, files)
    if (call === undefined) continue
    if (/(<unfinished \.\.\.>|= \?)$/.test(rest)) begun.set(thread, call)
    else {
      begun.delete(thread)
      end(call, Number(resumed?.[1] ?? /= (-?\d+)/.exec(rest)?.[1]), files)
    }
  }
  // The kill may come when a rename is done and the observer has not yet written down that it is.
  for (const call of begun.values())
    if (call.call.startsWith('rename') && !isLeft(namesIn(call.text)[0] ?? '')) end(call, 0, files)
  return files
}

function beginning(text: string, files: ReadonlyMap<string, FileOnDisk>): Begun | undefined {
  const [, call = ''] = /^(\w+)\(/.exec(text) ?? []
  const path = /^\w+\(\d+<([^>]*)>/.exec(text)?.[1] ?? ''
  return call === '' ? undefined : { call, text, path, written: files.get(path)?.written ?? 0 }
}

/** What a call that has ended has done. */
function end({ call, text, path, written }: Begun, result: number, files: Map<string, FileOnDisk>): void {
  if (!(result >= 0)) return
  const names = namesIn(text)
  const file = files.get(path)
  if (/^p?writev?(64)?$/.test(call))
    files.set(path, { written: (file?.written ?? 0) + result, durable: file?.durable })
  else if (call === 'fstat') files.set(path, { written: result, durable: file?.durable })
  else if (call === 'fdatasync' || call === 'fsync') {
    if (file) files.set(path, { ...file, durable: written })
  } else if (call === 'ftruncate') {
    const length = Number(/, (\d+)/.exec(text)?.[1] ?? 0)
    files.set(path, { written: length, durable: Math.min(length, file?.durable ?? 0) })
  } else if (call.startsWith('open') || call === 'creat') {
    const [opened = ''] = names
    const isEmptied = /O_TRUNC/.test(text) || call === 'creat'
    if (isEmptied || (/O_CREAT/.test(text) && !files.has(opened)))
      files.set(opened, { written: 0, durable: undefined })
  } else if (call.startsWith('rename')) {
    const [from = '', to = ''] = names
    const moved = files.get(from)
    if (moved) files.set(to, moved)
    files.delete(from)
  } else if (call.startsWith('unlink')) files.delete(names[0] ?? '')
}

function namesIn(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"/g)].map(([, name = '']) => name)
}
