import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { linesOf, linesWith, readHouse, textOf } from './house/tree.ts'

const topLevel = [
  ...['node', 'protocol', 'keys-example', 'scripts', 'test'],
  ...['README.md', 'LICENSE', 'package.json', 'package-lock.json', 'tsconfig.json'],
]

const longestFileLines = 300

/** Words that say nothing of what a file is for. */
const emptyWords = [
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'manager',
  'service',
  'data',
  'info',
  'misc',
]

/** Spelt so that this file does not find itself. */
const leftOvers =
  /\bTO[D]O\b|\bFIX[M]E\b|\bX[X]X\b|@ts-(?:ignore|expect-error|nocheck)|\b(?:test|it|describe)\.(?:skip|only|todo)\b/

/** A folder in which people's accounts live, or in which this was written. */
const machinePaths = /\/(?:home|Users)\/[a-z]|\/(?:root|work)\/[a-z]/

const { files, folders } = readHouse()
const code = files.filter(path => /\.(?:ts|js|mjs)$/.test(path))
const halves = code.filter(path => /^(?:node|protocol)\//.test(path))

test('the top level holds nothing but the agreed names', () => {
  const top = [...files, ...folders].filter(path => !path.includes('/') && !path.startsWith('.'))
  expect(top.filter(path => !topLevel.includes(path))).toEqual([])
})

test('the map in the README names every folder, and no other', () => {
  const mapped = readMap()
  const expected = folders.filter(
    path =>
      !path.startsWith('.') && (!path.startsWith('test/') || ['test/browser', 'test/house'].includes(path)),
  )
  expect(mapped).toEqual(expected)
})

test('no file is longer than a person reads at once', () => {
  const long = code.filter(path => linesOf(path).length > longestFileLines)
  expect(long.map(path => `${path}: ${linesOf(path).length}`)).toEqual([])
})

test('no name is made of empty words', () => {
  const named = [...code, ...folders].filter(path =>
    basename(path)
      .split(/[-.]/)
      .some(word => emptyWords.includes(word)),
  )
  expect(named).toEqual([])
})

test('nothing is left over, and no test is left out', () => {
  expect(linesWith(code, leftOvers)).toEqual([])
})

test('no path of a machine stands in the tree', () => {
  const texts = files.filter(path => /\.(?:ts|js|mjs|json|md|toml|yml)$|^\.ci\//.test(path))
  expect(linesWith(texts, machinePaths)).toEqual([])
})

test('protocol/ asks for no time of its own', () => {
  expect(
    linesWith(
      halves.filter(path => path.startsWith('protocol/')),
      /new Date\(\)|\bDate\(\)/,
    ),
  ).toEqual([])
})

test('nothing outside of protocol/notices/ decides by the type of a notice', () => {
  const types = files
    .map(path => /^protocol\/notices\/(?!index)([a-z-]+)\.ts$/.exec(path)?.[1])
    .filter(type => type !== undefined)
  expect(types).toContain('denial')
  const literal = new RegExp(`'(?:${types.join('|')})'`)
  const outside = halves.filter(path => !path.startsWith('protocol/notices/'))
  expect(linesWith(outside, literal)).toEqual([])
})

/** The folders of the map: two spaces for each step down, and a slash at the end. */
function readMap(): string[] {
  const [, map = ''] = /## The tree is a map\n+```\n([\s\S]*?)```/.exec(textOf('README.md')) ?? []
  const above: string[] = []
  return map
    .split('\n')
    .flatMap(line => {
      const [, indent = '', name] = /^( *)([\w-]+)\//.exec(line) ?? []
      if (name === undefined) return []
      above.splice(indent.length / 2, Infinity, name)
      return [above.join('/')]
    })
    .sort()
}
