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

/** Every page of a node that has notices, as somebody sees it whose work it is; a draft is made for its pages. */
export async function everyPage(node: NodeToVisit): Promise<PageToVisit[]> {
  const [draft] = noticeTypes.flatMap(({ answers, examples }) => (answers === undefined ? examples : []))
  const { id: drafted } = await ask<{ id: string }>(node, '/v1/drafts', draft)
  const newest = await Promise.all(
    noticeTypes.map(async ({ name, intelligence }) => {
      const [found] = await ask<{ id: string; issuer: string }[]>(node, `/v1/notices?type=${name}&limit=1`)
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
    ['releaser', '/drafts/:id/release', `/drafts/${drafted}/release`],
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

/** As its officer; sends what is given. */
async function ask<Answer>({ url, tokens }: NodeToVisit, path: string, sent?: unknown): Promise<Answer> {
  const response = await fetch(new URL(path, url), {
    headers: { authorization: `Bearer ${tokens.officer}`, 'content-type': 'application/json' },
    ...(sent !== undefined && { method: 'POST', body: JSON.stringify(sent) }),
  })
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}.`)
  return (await response.json()) as Answer
}
