import type { Office } from '../office.ts'
import { type Route, readers } from '../route.ts'
import { accountPage, submitPassword } from './account.ts'
import { idleNotice } from './idle.ts'

export function accountRoutes(office: Office): Route[] {
  const { signIn } = office
  return [
    { path: '/account', access: readers, show: visit => accountPage(office, visit) },
    { path: '/account/password', access: readers, submit: visit => submitPassword(office, visit) },
    {
      path: '/account/sessions/:id/end',
      access: readers,
      submit: async ({ params, visitor }) => {
        const own = signIn.sessions(visitor.person.id).find(({ id }) => id === params.id)
        if (own) await signIn.end(own.id)
        return own?.id === visitor.session.id ? { to: '/sign-in?why=out', session: '' } : { to: '/account' }
      },
    },
    {
      path: '/account/end-others',
      access: readers,
      submit: async ({ visitor }) => {
        await signIn.endOthers(visitor.session)
        return { to: '/account' }
      },
    },
    {
      path: '/account/idle',
      access: readers,
      show: visit => ({ fragment: idleNotice(office, visit) }),
      // Being asked is enough: whatever is sent here keeps the session alive.
      submit: visit => ({ fragment: idleNotice(office, visit) }),
    },
  ]
}
