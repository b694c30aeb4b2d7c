import { noticeTypes } from '#protocol'
import type { Role } from '../../node/people.ts'
import { ask, type NodeToAsk } from './ask.ts'

export interface PageToVisit {
  /** As its pattern: "/notices/:id". */
  path: string
  address: string
  /** Who looks at it. */
  role: Role
}

/** Every page of a node that has notices, as somebody sees it whose work it is; what pages are of is made for them. */
export async function everyPage(node: NodeToAsk): Promise<PageToVisit[]> {
  const { drafted, subscription, kept, person, token } = await makeObjects(node)
  const newest = await Promise.all(
    noticeTypes.map(async ({ name, intelligence }) => {
      const path = `/v1/notices?type=${name}&limit=1`
      const [found] = await ask<{ id: string; issuer: string }[]>(node, { path })
      return found === undefined ? [] : [{ ...found, intelligence }]
    }),
  )
  const ofEachType = newest.flat()
  const [{ id, issuer: member } = { id: '', issuer: '' }] = ofEachType
  const lookout = ofEachType.find(({ intelligence }) => intelligence === 'lookout')?.id ?? ''
  const item = 'body-worn-shock-device'
  const pages: [role: Role, path: string, address?: string][] = [
    ['officer', '/'],
    ['coordinator', '/'],
    ['officer', '/notices'],
    ...ofEachType.map(({ id }): [Role, string, string] => ['officer', '/notices/:id', `/notices/${id}`]),
    ['officer', '/notices/:id', `/notices/${id}?view=raw`],
    ['officer', '/notices/:id', `/notices/${id}?view=verify`],
    ['officer', '/new'],
    ['officer', '/drafts'],
    ['officer', '/drafts/:id', `/drafts/${drafted}`],
    ['officer', '/drafts/:id/:step', `/drafts/${drafted}/goods`],
    ['officer', '/drafts/:id/:step', `/drafts/${drafted}/parties`],
    ['officer', '/drafts/:id/:step', `/drafts/${drafted}/audience`],
    ['officer', '/drafts/:id/check', `/drafts/${drafted}/check`],
    ['officer', '/drafts/:id/delete', `/drafts/${drafted}/delete`],
    ['releaser', '/drafts/:id/release', `/drafts/${drafted}/release`],
    ['customs', '/screen'],
    ['customs', '/screen/kept'],
    ['customs', '/screen/kept/:id', `/screen/kept/${kept}`],
    ['customs', '/screen/report'],
    ['customs', '/notices/:id/card', `/notices/${lookout}/card`],
    ['officer', '/products'],
    ['officer', '/products/:item', `/products/${item}`],
    ['customs', '/products/:item/card', `/products/${item}/card`],
    ['officer', '/flows'],
    ['coordinator', '/network'],
    ['coordinator', '/network/:member', `/network/${member}`],
    ['officer', '/members'],
    ['officer', '/members/:member', `/members/${member}`],
    ['coordinator', '/members/requests'],
    ['coordinator', '/members/documents'],
    ['customs', '/subscriptions'],
    ['customs', '/subscriptions/new'],
    ['customs', '/subscriptions/:id', `/subscriptions/${subscription}`],
    ['customs', '/subscriptions/:id/change', `/subscriptions/${subscription}/change`],
    ['customs', '/subscriptions/:id/remove', `/subscriptions/${subscription}/remove`],
    ['customs', '/integrations'],
    ['admin', '/integrations/tokens/new'],
    ['admin', '/integrations/tokens/:id/revoke', `/integrations/tokens/${token}/revoke`],
    ['admin', '/people'],
    ['admin', '/people/new'],
    ['admin', '/people/:id', `/people/${person}`],
    ['admin', '/people/:id/roles', `/people/${person}/roles`],
    ['admin', '/people/:id/disable', `/people/${person}/disable`],
    ['admin', '/people/:id/end-sessions', `/people/${person}/end-sessions`],
    ['admin', '/audit'],
    ['officer', '/account'],
    ['officer', '/api'],
    ['officer', '/api/introduction'],
    ['officer', '/api/:operation', '/api/listNotices'],
    ['officer', '/help'],
    ['officer', '/problems'],
    ['officer', '/problems/:code', '/problems/four-eyes'],
    ['officer', '/nowhere'],
  ]
  return pages.map(([role, path, address = path]) => ({ role, path, address }))
}

interface Made {
  id: string
}

/** Ids of something for each page that is of one thing. */
async function makeObjects(node: NodeToAsk) {
  const [draft] = noticeTypes.flatMap(({ answers, examples }) => (answers === undefined ? examples : []))
  const { id: drafted } = await ask<Made>(node, { path: '/v1/drafts', sent: draft })
  const wanted = { label: 'All', filter: {}, target: { kind: 'feed' } }
  const { subscription } = await ask<{ subscription: Made }>(node, {
    path: '/v1/subscriptions',
    as: 'customs',
    sent: wanted,
  })
  const screened = await ask<{ results: { kept: Made }[] }>(node, {
    path: '/v1/screenings?keepDays=1',
    as: 'customs',
    sent: { description: 'Electric shock belts' },
  })
  const people = await ask<(Made & { roles: string[] })[]>(node, { path: '/v1/people', as: 'admin' })
  const [token] = await ask<Made[]>(node, { path: '/v1/tokens', as: 'admin' })
  return {
    drafted,
    subscription: subscription.id,
    kept: screened.results[0]?.kept.id,
    person: people.find(({ roles }) => roles.includes('customs'))?.id,
    token: token?.id,
  }
}
