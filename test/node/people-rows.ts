import type { PeopleRows, Person, Token } from '../../node/people.ts'

/** Persons and tokens in memory. */
export function peopleRows(): PeopleRows & { tokens: Map<string, Token> } {
  const people = new Map<string, Person>()
  const tokens = new Map<string, Token>()
  return {
    tokens,
    findPerson: id => people.get(id),
    listPeople: () => [...people.values()],
    putPerson: async person => {
      people.set(person.id, person)
    },
    findToken: hash => tokens.get(hash),
    listTokens: () => [...tokens.values()],
    putToken: async token => {
      tokens.set(token.hash, token)
    },
  }
}
