import type { CarriedRef, Envelope } from '#protocol'
import { tables } from './keys.ts'
import { put, type RowOperation, remove, type View } from './operation.ts'

/** Who refers to a notice, and how: one line each. */
export function parseRefs(value: string | undefined): CarriedRef[] {
  return (value ?? '').split('\n').flatMap(line => {
    const [id, rel] = line.split(' ')
    return id === undefined || rel === undefined ? [] : [{ id, rel }]
  })
}

export function refRows(view: View, { id, refs }: Envelope): RowOperation[] {
  return targetsOf(refs).map(([target, rels]) => {
    const key = tables.ref.key(target)
    return refRow(key, [...parseRefs(view.get(key)), ...rels.map(rel => ({ id, rel }))])
  })
}

export function withoutRefs(view: View, { id, refs }: Envelope): RowOperation[] {
  return targetsOf(refs).map(([target]) => {
    const key = tables.ref.key(target)
    return refRow(
      key,
      parseRefs(view.get(key)).filter(ref => ref.id !== id),
    )
  })
}

function refRow(key: string, refs: readonly CarriedRef[]): RowOperation {
  return refs.length === 0 ? remove(key) : put(key, refs.map(({ id, rel }) => `${id} ${rel}`).join('\n'))
}

/** Each target once, with all that is said of it. */
function targetsOf(refs: readonly CarriedRef[]): [target: string, rels: string[]][] {
  const targets = new Map<string, string[]>()
  for (const { id, rel } of refs) targets.set(id, [...new Set([...(targets.get(id) ?? []), rel])])
  return [...targets]
}
