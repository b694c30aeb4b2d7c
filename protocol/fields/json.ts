import { isObject, type Json } from '../canonical.ts'
import { textFault } from '../text.ts'
import type { Fault } from './rule.ts'

/** What keeps a value of no known form from standing in a notice: text rules, names of members, depth. */
export function jsonFaults(value: unknown, most: number, path: Fault['path'] = []): Fault[] {
  if (typeof value === 'string') return textFaults(value, path)
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return []
  if (!Array.isArray(value) && !isObject(value)) return [{ path, says: 'This is no JSON value.' }]
  if (most === 0) return [{ path, says: 'This is nested too deep.' }]
  return Object.entries(value as { [name: string]: Json }).flatMap(([name, inner]) => {
    const at = [...path, Array.isArray(value) ? Number(name) : name]
    if (name === '__proto__') return [{ path: at, says: 'A field may not have this name.' }]
    return [...textFaults(name, at), ...jsonFaults(inner, most - 1, at)]
  })
}

function textFaults(text: string, path: Fault['path']): Fault[] {
  const fault = textFault(text)
  return fault === undefined ? [] : [{ path, says: `This text ${fault}.` }]
}
