import { noticeTypes } from '#protocol'
import type { Role } from '../../node/people.ts'

export interface PageToVisit {
  /** As its pattern: "/notices/:id". */
  path: string
  address: string
  /** Who looks at it. */
  role: Role
}

export interface NodeToVisit {
  url: string
  tokens: Record<Role, string>
}

/** Every page of a node that has notices and a draft, as somebody sees it whose work it is. */
export async function everyPage(node: NodeToVisit): Promise<PageToVisit[]> {
  const notices = await ask<{ id: string; type: string; issuer: string }[]>(node, '/v1/notices?limit=200')
  const ofEachType = [...new Map(notices.map(({ id, type }) => [type, id])).values()]
  const [newest = ''] = ofEachType
  const member = notices[0]?.issuer ?? ''
  const lookouts = noticeTypes
    .filter(({ intelligence }) => intelligence === 'lookout')
    .map(({ name }) => name)
  const lookout = notices.find(({ type }) => lookouts.includes(type))?.id ?? ''
  const item = 'body-worn-shock-device'
  const pages: [role: Role, path: string, address?: string][] = [
    ['officer', '/'],
    ['coordinator', '/'],
    ['officer', '/notices'],
    ...ofEachType.map((id): [Role, string, string] => ['officer', '/notices/:id', `/notices/${id}`]),
    ['officer', '/notices/:id', `/notices/${newest}?view=raw`],
    ['officer', '/notices/:id', `/notices/${newest}?view=verify`],
    ['officer', '/new'],
    ['officer', '/drafts'],
    ['customs', '/screen'],
    ['customs', '/screen/kept'],
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
    ['customs', '/integrations'],
    ['admin', '/people'],
    ['admin', '/audit'],
    ['officer', '/account'],
    ['officer', '/api'],
    ['officer', '/api/:operation', '/api/listNotices'],
    ['officer', '/help'],
    ['officer', '/problems'],
    ['officer', '/problems/:code', '/problems/four-eyes'],
    ['officer', '/nowhere'],
  ]
  return pages.map(([role, path, address = path]) => ({ role, path, address }))
}

async function ask<Answer>({ url, tokens }: NodeToVisit, path: string): Promise<Answer> {
  const response = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${tokens.officer}` } })
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}.`)
  return (await response.json()) as Answer
}
