import { isObject, type Json } from '../canonical.ts'
import { textFault } from '../text.ts'
import type { Fault } from './rule.ts'

/** What keeps a value of no known form from standing in a notice: text rules, names of members, depth. */
export function jsonFaults(value: unknown, most: number, path: Fault['path'] = []): Fault[] {
  const faults: Fault[] = []
  collect(value, { most, path: [...path], faults })
  return faults
}

/** The path is of the value at hand, and changes while its members are gone through. */
interface Search {
  most: number
  path: (string | number)[]
  faults: Fault[]
}

function collect(value: unknown, search: Search): void {
  if (typeof value === 'string') collectText(value, search)
  else if (Array.isArray(value)) collectMembers(value.entries(), search)
  else if (isObject(value)) collectMembers(Object.entries(value), search)
  else if (value !== null && typeof value !== 'boolean' && !Number.isFinite(value)) {
    found('This is no JSON value.', search)
  }
}

function collectMembers(members: Iterable<[string | number, Json]>, search: Search): void {
  const { most, path, faults } = search
  if (most === 0) {
    found('This is nested too deep.', search)
    return
  }
  const within = { most: most - 1, path, faults }
  for (const [name, value] of members) {
    path.push(name)
    if (name === '__proto__') found('A field may not have this name.', search)
    else {
      if (typeof name === 'string') collectText(name, search)
      collect(value, within)
    }
    path.pop()
  }
}

function collectText(text: string, search: Search): void {
  const fault = textFault(text)
  if (fault !== undefined) found(`This text ${fault}.`, search)
}

function found(says: string, { path, faults }: Search): void {
  faults.push({ path: [...path], says })
}
