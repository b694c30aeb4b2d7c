import type { Person } from '../people.ts'
import { tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { type Operation, putJson, remove } from './operation.ts'

export interface PersonRows {
  find: (id: string) => Person | undefined
  list: () => Person[]
  putOps: (person: Person) => Operation[]
  deleteOps: (id: string) => Operation[]
}

export function peopleIn(mirror: Mirror): PersonRows {
  const people = jsonRows<Person>(mirror)
  return {
    find: id => people.find(tables.person.key(id)),
    list: people.list,
    putOps: person => [putJson(tables.person.key(person.id), person)],
    deleteOps: id => [remove(tables.person.key(id))],
  }
}
