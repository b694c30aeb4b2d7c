import { existsSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { stories } from './stories.ts'
import { importsOf, readHouse, root } from './tree.ts'

/** What is reached by starting a process and not by an import. */
const started: Record<string, readonly string[]> = {
  'scripts/pages/demonstration.ts': ['node/bin.js'],
  'test/node/cli/run.ts': ['node/bin.js'],
  'node/cli/demo/hosts.ts': ['node/cli/demo/host.ts'],
  'node/store/check/children.ts': ['node/store/check/child.ts'],
}

/** The program that a door or a name leads to. */
const doors: Record<string, string> = {
  '#protocol': 'protocol/index.ts',
  '#seed': 'scripts/seed/index.ts',
}

const { files } = readHouse()
const untested = files.filter(
  path => /^(?:node|protocol)\/.*\.ts$/.test(path) && !files.includes(testOf(path)),
)

test('every file has its test at the same path, or a story that shows it', () => {
  const told = stories.flatMap(({ files: patterns }) => patterns)
  expect(untested.filter(path => !told.some(pattern => matchesGlob(path, pattern)))).toEqual([])
})

test('every story is told by a test that reaches its files', () => {
  for (const { test: told, files: patterns } of stories) {
    expect(existsSync(join(root, told)), told).toBe(true)
    const reached = reachedFrom(told)
    const shown = untested.filter(path => patterns.some(pattern => matchesGlob(path, pattern)))
    expect({ told, missing: shown.filter(path => !reached.has(path)) }).toEqual({ told, missing: [] })
  }
})

test('no story claims a file that is gone', () => {
  const claimed = stories.flatMap(({ files: patterns }) => patterns.flatMap(spelledOut))
  expect(claimed.filter(pattern => !files.some(path => matchesGlob(path, pattern)))).toEqual([])
})

function testOf(path: string): string {
  return `test/${path.replace(/\.ts$/, '.test.ts')}`
}

function reachedFrom(path: string): Set<string> {
  const reached = new Set<string>([path])
  for (const each of reached) {
    const next = [...importsOf(each).map(({ target }) => doors[target] ?? target), ...(started[each] ?? [])]
    for (const target of next) if (files.includes(target) && /\.(?:ts|js)$/.test(target)) reached.add(target)
  }
  return reached
}

/** `a/{b,c}.ts` as `a/b.ts` and `a/c.ts`, so that each of them must be there. */
function spelledOut(pattern: string): string[] {
  const [, before = '', words, after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(pattern) ?? []
  return words === undefined ? [pattern] : words.split(',').map(word => `${before}${word}${after}`)
}
