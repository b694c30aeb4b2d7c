import type { FieldError, JsonObject } from '#protocol'
import type { ConsignmentParty } from '../../consignment.ts'
import type { Sighted } from './sighted.ts'
import { lineOf } from './text.ts'

/** Parties under their keys, their names apart, and for whom those are. */
export interface SightedParties {
  parties?: JsonObject
  nominal?: JsonObject
  to?: 'channel' | 'named'
  readers?: string[]
  errors: FieldError[]
}

export function partiesOf({ report: { names }, consignment }: Sighted): SightedParties {
  const all = consignment.parties ?? []
  if (all.length === 0) return { errors: [] }
  const keyed = keysOf(all)
  const errors = all.flatMap(({ role, country }, at) => [
    ...(role === undefined ? [missing(at, 'role', 'Say what part this party has in the transaction.')] : []),
    ...(country === undefined ? [missing(at, 'country', 'Say where this party is established.')] : []),
  ])
  const parties = Object.fromEntries(
    keyed.map(({ key, party: { role, country } }) => [
      key,
      { ...(role && { role }), ...(country && { country }), kind: 'unknown' },
    ]),
  )
  if (names === undefined) {
    const detail =
      'Say who may read the names: {"to":"channel"}, {"to":"named","readers":[…]} or {"to":"nobody"}.'
    return { parties, errors: [...errors, { pointer: '/names', code: 'missing', detail }] }
  }
  if (names.to === 'nobody') return { parties, errors }
  const nominal = Object.fromEntries(keyed.map(({ key, party }) => [key, namesOf(party)]))
  return {
    parties,
    nominal,
    to: names.to,
    ...(names.to === 'named' && { readers: names.readers }),
    errors,
  }
}

/** By role, and where several have one numbered. */
export function keysOf(all: readonly ConsignmentParty[]): { key: string; party: ConsignmentParty }[] {
  const counts = new Map<string, number>()
  return all.map(party => {
    const role = party.role ?? 'party'
    const count = (counts.get(role) ?? 0) + 1
    counts.set(role, count)
    return { key: count === 1 ? role : `${role}-${count}`, party }
  })
}

function namesOf({ name, aliases = [], ids = [] }: ConsignmentParty): JsonObject {
  return {
    name: lineOf(name, 300),
    ...(aliases.length > 0 && { aliases: aliases.map(alias => lineOf(alias, 300)) }),
    ...(ids.length > 0 && {
      ids: ids.map(({ scheme, value }) => ({ scheme, value: lineOf(value, 50) })),
    }),
  }
}

function missing(at: number, field: string, detail: string): FieldError {
  return { pointer: `/consignment/parties/${at}/${field}`, code: 'missing', detail }
}
