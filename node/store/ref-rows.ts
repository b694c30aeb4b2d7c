import type { CarriedRef, Envelope } from '#protocol'
import { tables } from './keys.ts'
import { put, type RowOperation, remove, type View } from './operation.ts'

/** Who refers to a notice, and how. Each reference is a row of its own: thousands may follow one notice. */
export function refsTo(get: View['get'], target: string): CarriedRef[] {
  return numbersOf(get, target).flatMap(number => refAt(get, target, number) ?? [])
}

export function refRows(view: View, { id, refs }: Envelope): RowOperation[] {
  return targetsOf(refs).flatMap(([target, rels]) => {
    const last = countOf(view.get, target)
    return [
      ...rels.map((rel, at) => put(tables.ref.key(target, last + 1 + at), `${id} ${rel}`)),
      put(tables.refCount.key(target), String(last + rels.length)),
    ]
  })
}

export function withoutRefs(view: View, { id, refs }: Envelope): RowOperation[] {
  return targetsOf(refs).flatMap(([target]) =>
    numbersOf(view.get, target)
      .filter(number => refAt(view.get, target, number)?.id === id)
      .map(number => remove(tables.ref.key(target, number))),
  )
}

function refAt(get: View['get'], target: string, number: number): CarriedRef | undefined {
  const [id, rel] = get(tables.ref.key(target, number))?.split(' ') ?? []
  return id === undefined || rel === undefined ? undefined : { id, rel }
}

function countOf(get: View['get'], target: string): number {
  return Number(get(tables.refCount.key(target)) ?? 0)
}

function numbersOf(get: View['get'], target: string): number[] {
  return Array.from({ length: countOf(get, target) }, (_, at) => at + 1)
}

/** Each target once, with all that is said of it. */
function targetsOf(refs: readonly CarriedRef[]): [target: string, rels: string[]][] {
  const targets = new Map<string, string[]>()
  for (const { id, rel } of refs) targets.set(id, [...new Set([...(targets.get(id) ?? []), rel])])
  return [...targets]
}
