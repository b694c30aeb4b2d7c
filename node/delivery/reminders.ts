import { deliveryId } from './event.ts'
import type { DeliveryOptions } from './options.ts'

/** In which a flash alert still asks for something. */
const standingsInEffect: readonly string[] = ['verified', 'key since retired']
const statusesOver: readonly string[] = ['withdrawn', 'erased']

/**
 * A flash alert that was delivered and that nobody has opened goes once more, as a delivery of its own. That a program
 * took it is not enough: somebody says that they have read it.
 */
export async function remind({
  subscriptions,
  deliveries,
  notices,
  now,
}: Pick<DeliveryOptions, 'subscriptions' | 'deliveries' | 'notices' | 'now'>): Promise<void> {
  for (const { subscription, id, dueAt } of deliveries.reminders()) {
    const isPaused = subscriptions.find(subscription)?.paused !== undefined
    if (dueAt > now() || isPaused) continue
    const { subject = '' } = deliveries.find(subscription, id) ?? {}
    const notice = await notices.view(subject, { nominal: false })
    const isInEffect =
      notice && standingsInEffect.includes(notice.standing) && !statusesOver.includes(notice.status)
    if (isInEffect) {
      const reminder = deliveryId(subscription, { kind: 'reminder', subject })
      const telling = { id: reminder, kind: 'notice', subject, at: now(), reminderOf: id } as const
      await deliveries.add(subscription, [telling], { now: now(), state: 'waiting' })
    }
    await deliveries.change(subscription, id, ({ remindAt: _, ...held }) => held)
  }
}
