import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root, textOf } from './tree.ts'

interface Package {
  imports: Record<string, string>
  bin: Record<string, string>
  scripts: Record<string, string>
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  overrides: Record<string, string>
}

const exact = /^(?:npm:@?[\w./-]+@)?\d+\.\d+\.\d+$/

const declared: Package = JSON.parse(textOf('package.json'))
const locked: { packages: Record<string, Partial<Package>> } = JSON.parse(textOf('package-lock.json'))

test('every version is exact', () => {
  const versions = { ...declared.dependencies, ...declared.devDependencies, ...declared.overrides }
  const loose = Object.entries(versions).filter(([, version]) => !exact.test(version))
  expect(loose).toEqual([])
})

test('the lock file locks what package.json asks for', () => {
  const { dependencies, devDependencies } = locked.packages[''] ?? {}
  expect({ dependencies, devDependencies }).toEqual({
    dependencies: declared.dependencies,
    devDependencies: declared.devDependencies,
  })
})

test('every file that package.json names is there', () => {
  const started = Object.values(declared.scripts).flatMap(script => [
    ...script.matchAll(/(?:node|--config) (\S+)/g),
  ])
  const named = [
    ...Object.values(declared.imports),
    ...Object.values(declared.bin),
    ...started.map(([, path = '']) => path),
  ]
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter(path => !existsSync(join(root, path)))).toEqual([])
})
