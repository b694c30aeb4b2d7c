import type { Json } from '#protocol'

/** A notice whose body is for named readers, and who may read it. */
export interface Closed {
  issuer: string
  /** Those that are held. */
  parts: readonly { name: string; value: Json }[]
}

/** Who reads a notice for named readers, as far as it is told here. */
export function readersOf({ issuer, parts }: Closed): string[] {
  const named = parts.find(({ name }) => name === 'readers')?.value
  return [issuer, ...(Array.isArray(named) ? named.filter(each => typeof each === 'string') : [])]
}

/** Whom an answer of this member is for unless it says otherwise: the readers of our own notice, else its issuer alone. */
export function usualReaders(closed: Closed, member: string): string[] {
  if (closed.issuer !== member) return [closed.issuer]
  const others = readersOf(closed).filter(id => id !== member)
  return others.length > 0 ? [...new Set(others)] : [member]
}
