import type { Office } from '../office.ts'
import type { Route } from '../route.ts'
import { changePage, newPage, submitChange, submitNew } from './ask.ts'
import { listPage } from './list.ts'
import { onePage } from './one.ts'
import { acting, removing, replaying, rotating, testing } from './steps.ts'

const customs = ['customs'] as const
/** An administrator sees to it that what somebody left behind is not sent for ever. */
const customsOrAdmin = ['customs', 'admin'] as const

export function subscriptionRoutes(office: Office): Route[] {
  const { subscriptions } = office.desk
  return [
    { path: '/subscriptions', access: customsOrAdmin, show: visit => listPage(office, visit) },
    {
      path: '/subscriptions/new',
      access: customs,
      show: visit => newPage(office, visit),
      submit: visit => submitNew(office, visit),
    },
    { path: '/subscriptions/:id', access: customs, show: visit => onePage(office, visit) },
    {
      path: '/subscriptions/:id/change',
      access: customs,
      show: visit => changePage(office, visit),
      submit: visit => submitChange(office, visit),
    },
    {
      path: '/subscriptions/:id/pause',
      access: customs,
      submit: acting(office, id => subscriptions.pause(id)),
    },
    {
      path: '/subscriptions/:id/resume',
      access: customs,
      submit: acting(office, (id, { fields }) =>
        subscriptions.resume(id, { skipDeadLetters: fields.get('skip') === 'yes' }),
      ),
    },
    { path: '/subscriptions/:id/test', access: customs, submit: testing(office) },
    { path: '/subscriptions/:id/replay', access: customs, submit: replaying(office) },
    { path: '/subscriptions/:id/rotate', access: customs, ...rotating(office) },
    { path: '/subscriptions/:id/remove', access: customsOrAdmin, ...removing(office) },
  ]
}
