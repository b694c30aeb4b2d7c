import { FocalpointError } from '#protocol'
import type { Person } from '../../people.ts'
import type { Office } from '../office.ts'
import type { Route } from '../route.ts'
import type { Visit } from '../visit.ts'
import { addPage, submitPerson } from './add.ts'
import { disablePage } from './disable.ts'
import { endSessionsPage } from './end-sessions.ts'
import { linkPage } from './link.ts'
import { listPage } from './list.ts'
import { personPage } from './person.ts'
import { rolesPage, submitRoles } from './roles.ts'

const access = ['admin'] as const

export function peopleRoutes(office: Office): Route[] {
  return [
    { path: '/people', access, show: visit => listPage(office, visit) },
    {
      path: '/people/new',
      access,
      show: visit => addPage(visit, { fields: visit.fields, errors: [] }),
      submit: visit => submitPerson(office, visit),
    },
    { path: '/people/:id', access, show: visit => personPage(personAt(office, visit), office, visit) },
    {
      path: '/people/:id/roles',
      access,
      show: visit => rolesPage(personAt(office, visit), visit),
      submit: visit => submitRoles(personAt(office, visit), office, visit),
    },
    { path: '/people/:id/link', access, submit: visit => linkPage(personAt(office, visit), office, visit) },
    {
      path: '/people/:id/end-sessions',
      access,
      show: visit => endSessionsPage(personAt(office, visit), office, visit),
      submit: async visit => {
        const { id } = personAt(office, visit)
        await office.signIn.endAllOf(id)
        return { to: `/people/${id}?ended=yes` }
      },
    },
    {
      path: '/people/:id/sessions/:session/end',
      access,
      submit: async visit => {
        const { id } = personAt(office, visit)
        const theirs = office.signIn.sessions(id).find(each => each.id === visit.params.session)
        if (theirs) await office.signIn.end(theirs.id)
        if (theirs?.id === visit.visitor.session.id) return { to: '/sign-in?why=out', session: '' }
        return { to: `/people/${id}?ended=one` }
      },
    },
    {
      path: '/people/:id/disable',
      access,
      show: visit => disablePage(personAt(office, visit), office, visit),
      submit: async visit => {
        await office.people.disable(personAt(office, visit).id)
        return { to: '/people' }
      },
    },
  ]
}

/** Throws `not-found`. */
function personAt({ people }: Office, { params: { id = '' } }: Visit): Person {
  const found = people.find(id)
  if (found) return found
  throw new FocalpointError('not-found', 'There is no such person.', { what: 'person', id })
}
