import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')

/** What .gitignore names, and the history itself: no part of the house. */
const outside = /^(\.git|node_modules|coverage|\.DS_Store|.*\.log)$/

export interface Import {
  /** Of the imported file, from the top of the tree; a package or `#protocol` as it is written. */
  target: string
  /** What is left when types are stripped: names, `*` for all of them. */
  values: readonly string[]
}

export interface House {
  files: readonly string[]
  folders: readonly string[]
}

/** Paths from the top, with `/`. */
export function readHouse(): House {
  const files: string[] = []
  const folders: string[] = []
  const enter = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (outside.test(entry.name)) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (!entry.isDirectory()) files.push(path)
      else {
        folders.push(path)
        enter(path)
      }
    }
  }
  enter('')
  return { files: files.sort(), folders: folders.sort() }
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

export function linesOf(path: string): string[] {
  return textOf(path).replace(/\n$/, '').split('\n')
}

const staticImport =
  /^(?:import|export)\s+(type\s+)?(?:\{([^}]*)\}|(\*(?:\s+as\s+\w+)?)|(\w+)(?:\s*,\s*\{([^}]*)\})?)\s+from\s+'([^']+)'/gm
const bareImport = /^import\s+'([^']+)'/gm
const laterImport = /\bimport\('([^']+)'\)/g

export function importsOf(path: string): Import[] {
  const text = textOf(path)
  const named = [...text.matchAll(staticImport)].map(
    ([, type, names = '', all, single, more = '', from = '']) => ({
      target: targetOf(path, from),
      values:
        type === undefined
          ? [...valueNames(names), ...valueNames(more), ...(all ? ['*'] : []), ...(single ? ['default'] : [])]
          : [],
    }),
  )
  const whole = [...text.matchAll(bareImport), ...text.matchAll(laterImport)].map(([, from = '']) => ({
    target: targetOf(path, from),
    values: ['*'],
  }))
  return [...named, ...whole]
}

function valueNames(names: string): string[] {
  return names
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '' && !name.startsWith('type '))
    .map(name => name.replace(/\s+as\s+\w+$/, ''))
}

function targetOf(path: string, from: string): string {
  return from.startsWith('.') ? join(dirname(path), from) : from
}

/** `path:line text` of each line in which this is found. */
export function linesWith(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap(path =>
    linesOf(path)
      .map((line, at) => ({ line, at: at + 1 }))
      .filter(({ line }) => pattern.test(line))
      .map(({ line, at }) => `${path}:${at} ${line.trim()}`),
  )
}
