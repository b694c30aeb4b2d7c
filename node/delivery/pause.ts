import type { Pause, PauseCode, Subscription, SubscriptionRows } from '../subscription.ts'

/** What people read, and what they can do; `what` is what was seen. */
const reasons: Record<PauseCode, (what: string) => string> = {
  'by-person': () => 'Somebody paused it.',
  'gave-up': what =>
    `${what} Nothing was sent for three days: mend the receiver, test it, then resume; what waits is sent in its order.`,
  gone: () =>
    'The receiver answered 410: it wants nothing more. Give another address, or remove the subscription.',
  'target-refused': what => `${what} Give another address, or ask the operator of this node; then resume.`,
  'owner-may-not': () =>
    'Its owner is disabled or no longer has the role customs. An administrator can change that; then resume.',
  'secret-missing': () =>
    'The secret is not here, as after a restore: a backup holds none. Rotate the secret, give the new one to the receiver, then resume.',
}

/** Pauses it, unless it is paused already, or gone meanwhile. */
export async function pause(
  subscriptions: SubscriptionRows,
  id: string,
  { code, what = '', at }: { code: PauseCode; what?: string; at: number },
): Promise<void> {
  const paused: Pause = { code, reason: reasons[code](what), at }
  if (subscriptions.find(id) === undefined) return
  await subscriptions.change(id, held =>
    held.paused === undefined ? { ...held, paused, version: held.version + 1 } : held,
  )
}

export function resumed({ paused: _, ...held }: Subscription): Subscription {
  return { ...held, version: held.version + 1 }
}
