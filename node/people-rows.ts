import type { PeopleRows, Person, Token } from './people.ts'
import type { Store } from './store/index.ts'

/** Persons and tokens in memory, each change written through: there are few, and every request asks for one. */
export async function peopleRowsOf(store: Store): Promise<PeopleRows> {
  const people = new Map((await store.people.list()).map(person => [person.id, person as Person]))
  const tokens = new Map((await store.tokens.list()).map(token => [token.hash, token as Token]))
  return {
    findPerson: id => people.get(id),
    listPeople: () => [...people.values()],
    putPerson: async person => {
      await store.writeAlone(store.people.putOps(person))
      people.set(person.id, person)
    },
    findToken: hash => tokens.get(hash),
    listTokens: () => [...tokens.values()],
    putToken: async token => {
      await store.writeAlone(store.tokens.putOps(token))
      tokens.set(token.hash, token)
    },
  }
}
