import type { Office } from '../office.ts'
import type { Route } from '../route.ts'

export function signInRoutes(office: Office): Route[] {
  return [
    {
      path: '/sign-in/:secret',
      access: 'anyone',
      show: async ({ params, userAgent }) => ({
        to: '/',
        session: await office.signIn.openLink(params.secret ?? '', { userAgent }),
      }),
    },
  ]
}
