import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** Four minutes: twice what the most patient test waits. */
const longestStandstillMs = 240_000
const lookEveryMs = 1000

/**
 * Ends a run in which a file of tests says nothing any more. A worker in an endless loop cannot keep the time limits of
 * its own tests; this lives in the process that started it, names what stands still, and leaves no process behind.
 */
export class Standstill implements Reporter {
  readonly #longestMs: number
  /** When each file that runs was heard of last; a file is another module once its tests are known. */
  readonly #heard = new Map<string, { module: TestModule; at: number }>()

  constructor({ longestMs = longestStandstillMs }: { longestMs?: number } = {}) {
    this.#longestMs = longestMs
    setInterval(() => this.#look(), Math.min(lookEveryMs, longestMs)).unref()
  }

  onTestModuleQueued(module: TestModule): void {
    this.#hear(module)
  }

  onTestModuleCollected(module: TestModule): void {
    this.#hear(module)
  }

  onTestCaseResult({ module }: TestCase): void {
    this.#hear(module)
  }

  onTestModuleEnd(module: TestModule): void {
    this.#heard.delete(module.moduleId)
  }

  #hear(module: TestModule): void {
    this.#heard.set(module.moduleId, { module, at: performance.now() })
  }

  #look(): void {
    const now = performance.now()
    const silent = [...this.#heard.values()].map(({ module, at }) => ({ module, silentMs: now - at }))
    if (!silent.some(({ silentMs }) => silentMs > this.#longestMs)) return
    console.error('\nThe run is ended, for something stands still. Running, and silent for:')
    for (const { module, silentMs } of silent)
      console.error(`  ${Math.round(silentMs / 1000)} s  ${module.relativeModuleId}, ${placeIn(module)}`)
    for (const process of descendantsOf(String(globalThis.process.pid))) kill(Number(process))
    process.exit(1)
  }
}

/** Tests of a file run in its order; a worker that stands still may keep the news of those that it had ended. */
function placeIn(module: TestModule): string {
  for (const test of module.children.allTests())
    if (test.result().state === 'pending') return `at or after: ${test.fullName}`
  return 'outside its tests'
}

/** As Linux tells; elsewhere nobody is found, and vitest's own watchdog ends the workers alone. */
function descendantsOf(process: string): string[] {
  const parents = existsSync('/proc/self/stat') ? readdirSync('/proc').filter(name => /^\d+$/.test(name)) : []
  const children = Map.groupBy(parents, parentOf)
  const found = [...(children.get(process) ?? [])]
  for (const each of found) found.push(...(children.get(each) ?? []))
  return found
}

/** Undefined for a process that is gone meanwhile. The name before it may hold anything but ends with `)`. */
function parentOf(process: string): string | undefined {
  try {
    return /.*\) \S (\d+) /s.exec(readFileSync(`/proc/${process}/stat`, 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

function kill(process: number): void {
  try {
    globalThis.process.kill(process, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
