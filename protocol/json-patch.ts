import { isObject, type Json, type JsonObject } from './canonical.ts'

/** One step of a JSON Patch (RFC 6902, section 4). */
export interface PatchStep {
  op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test'
  path: string
  from?: string | undefined
  value?: unknown
}

/** The value after all steps, or undefined where one of them does not fit; what is given is not changed. */
export function patched(value: JsonObject, steps: readonly PatchStep[]): JsonObject | undefined {
  let held: Json | undefined = value
  for (const step of steps) {
    held = held && applied(held, step)
  }
  return isObject(held) ? held : undefined
}

/** The value at a JSON Pointer (RFC 6901), or undefined. */
export function valueAt(value: Json, pointer: string): Json | undefined {
  let held: Json | undefined = value
  for (const name of namesOf(pointer)) held = childOf(held, name)
  return held
}

function applied(value: Json, { op, path, from = '', value: given }: PatchStep): Json | undefined {
  const there = valueAt(value, path)
  const added = given as Json | undefined
  const taken = valueAt(value, from)
  switch (op) {
    case 'add':
      return added === undefined ? undefined : changed(value, namesOf(path), { put: added, mayInsert: true })
    case 'replace':
      if (there === undefined || added === undefined) return undefined
      return changed(value, namesOf(path), { put: added, mayInsert: false })
    case 'remove':
      return there === undefined ? undefined : changed(value, namesOf(path), {})
    case 'copy':
      return taken === undefined ? undefined : changed(value, namesOf(path), { put: taken, mayInsert: true })
    case 'move': {
      const without = taken === undefined ? undefined : changed(value, namesOf(from), {})
      if (without === undefined || taken === undefined) return undefined
      return changed(without, namesOf(path), { put: taken, mayInsert: true })
    }
    case 'test':
      return JSON.stringify(there) === JSON.stringify(added) ? value : undefined
  }
}

interface Change {
  /** Absent: what is there goes. */
  put?: Json
  /** Whether an entry of a list makes room for it. */
  mayInsert?: boolean
}

function changed(value: Json, [name, ...rest]: string[], change: Change): Json | undefined {
  if (name === undefined) return change.put
  if (rest.length > 0) {
    const child = childOf(value, name)
    const next = child === undefined ? undefined : changed(child, rest, change)
    return next === undefined ? undefined : withChild(value, name, { put: next })
  }
  return withChild(value, name, change)
}

function withChild(value: Json, name: string, { put, mayInsert = false }: Change): Json | undefined {
  if (Array.isArray(value)) {
    const at = name === '-' && mayInsert ? value.length : indexOf(name)
    if (at === undefined || at > value.length - (mayInsert ? 0 : 1)) return undefined
    return value.toSpliced(at, mayInsert ? 0 : 1, ...(put === undefined ? [] : [put]))
  }
  if (!isObject(value)) return undefined
  if (put !== undefined) return { ...value, [name]: put }
  const { [name]: _gone, ...others } = value
  return others
}

function childOf(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return value[indexOf(name) ?? -1]
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

function indexOf(name: string): number | undefined {
  return /^(?:0|[1-9]\d*)$/.test(name) ? Number(name) : undefined
}

function namesOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(name => name.replaceAll('~1', '/').replaceAll('~0', '~'))
}
