import { randomBytes } from 'node:crypto'
import type { People } from './people.ts'
import type { Door } from './web/index.ts'

/** To be replaced by node/sign-in. */
export function openTemporaryDoor(people: People): Door & { createLink(person: string): string } {
  const links = new Map<string, string>()
  const sessions = new Map<string, string>()
  return {
    createLink: person => {
      const secret = `fl_${randomBytes(32).toString('base64url')}`
      links.set(secret, person)
      return secret
    },
    openLink: async secret => {
      const session = randomBytes(32).toString('base64url')
      sessions.set(session, links.get(secret) ?? '')
      return session
    },
    visitor: secret => {
      const person = people.find(sessions.get(secret) ?? '')
      return person && { person, roles: person.roles, session: 'temporary' }
    },
  }
}
