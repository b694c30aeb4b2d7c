import { timingSafeEqual } from 'node:crypto'
import { sha256 } from '#protocol'
import type { FeedView, Subscription } from '../subscription.ts'
import { type DeliveryOptions, mayBeTold } from './options.ts'
import { pointerOr } from './pointer.ts'

const itemsMost = 100

/** What the link opens, made of what the node holds now; nothing once its owner may no longer read. */
export async function feedOf(
  link: string,
  {
    subscriptions,
    deliveries,
    notices,
    rolesOf,
  }: Pick<DeliveryOptions, 'subscriptions' | 'deliveries' | 'notices' | 'rolesOf'>,
): Promise<FeedView | undefined> {
  const hash = sha256(link)
  const found = subscriptions.list().find(each => isOpenedBy(each, hash))
  if (found === undefined || !mayBeTold(rolesOf(found.person))) return undefined
  const page = await deliveries.page(found.id, { limit: itemsMost })
  const items = await Promise.all(
    page.map(async delivery => {
      const notice = await notices.view(delivery.subject, { nominal: false })
      return { delivery, ...(notice && { notice: pointerOr(notice, notices) }) }
    }),
  )
  return { id: found.id, label: found.label, at: page[0]?.at ?? found.createdAt, items }
}

function isOpenedBy({ target }: Subscription, hash: string): boolean {
  return target.kind === 'feed' && timingSafeEqual(Buffer.from(target.hash), Buffer.from(hash))
}
