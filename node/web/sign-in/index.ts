import type { Office } from '../office.ts'
import type { Route } from '../route.ts'
import { linkPage, openLink } from './link.ts'
import { signInPage, submitSignIn } from './password.ts'

export function signInRoutes(office: Office): Route[] {
  return [
    {
      path: '/sign-in',
      access: 'anyone',
      show: visit => signInPage(visit),
      submit: visit => submitSignIn(office, visit),
    },
    {
      path: '/sign-in/:secret',
      access: 'anyone',
      show: visit => linkPage(office, visit),
      submit: visit => openLink(office, visit),
    },
    {
      path: '/sign-out',
      access: 'anyone',
      submit: async ({ visitor }) => {
        if (visitor) await office.signIn.end(visitor.session.id)
        return { to: '/sign-in?why=out', session: '' }
      },
    },
  ]
}
