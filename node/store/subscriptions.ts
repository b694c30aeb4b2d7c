import { FocalpointError } from '#protocol'
import type { Reached, Subscription, SubscriptionRows, WebhookSecret } from '../subscription.ts'
import { unfinishedRow } from './erasure.ts'
import { tables, under } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { late, type Operation, put, putJson, type RowOperation, remove } from './operation.ts'
import type { Rows } from './rows.ts'

export interface SubscriptionsOptions {
  rows: Rows
  mirrors: Record<'subscription' | 'secret' | 'reached', Mirror>
  write: (operations: readonly Operation[]) => Promise<void>
}

/** Tables with rows of one subscription each. */
const ofSubscription = ['turn', 'queue', 'dead', 'delivery', 'attempt', 'reminder'] as const

export function subscriptionsIn({ rows, mirrors, write }: SubscriptionsOptions): SubscriptionRows {
  const subscriptions = jsonRows<Subscription>(mirrors.subscription)
  const reached = jsonRows<Reached>(mirrors.reached)
  const secrets = jsonRows<WebhookSecret>(mirrors.secret)
  return {
    list: subscriptions.list,
    find: id => subscriptions.find(tables.subscription.key(id)),
    reached: id => reached.find(tables.reached.key(id)),
    secretOf: id => secrets.find(tables.secret.key(id)),
    create: (subscription, { cursor, secret }) =>
      write([
        putJson(tables.subscription.key(subscription.id), subscription),
        putJson(tables.reached.key(subscription.id), { cursor, turn: 0 }),
        ...(secret ? [putJson(tables.secret.key(subscription.id), secret)] : []),
      ]),
    change: (id, change) => write(changeOps(tables.subscription.key(id), change)),
    putSecret: (id, secret) => write([putJson(tables.secret.key(id), secret)]),
    replay: (id, replay) =>
      write(
        changeOps<Reached>(tables.reached.key(id), held => ({
          ...held,
          // One that is under way is not cut short.
          replay: { ...replay, after: Math.min(replay.after, held.replay?.after ?? replay.after) },
        })),
      ),
    remove: async id => write(await removeRows(rows, id)),
  }
}

function changeOps<Held extends object>(key: string, change: (held: Held) => Held): Operation[] {
  return late(view => {
    const value = view.get(key)
    if (value === undefined) {
      const what = 'subscription'
      throw new FocalpointError('not-found', 'There is no such subscription.', { what, id: key })
    }
    return [putJson(key, change(JSON.parse(value)))]
  })
}

async function removeRows(rows: Rows, id: string): Promise<RowOperation[]> {
  const keys = await Promise.all(ofSubscription.map(table => rows.scanKeys(under(table, id))))
  const told = await rows.scan(under('told'))
  return [
    remove(tables.subscription.key(id)),
    remove(tables.secret.key(id)),
    remove(tables.reached.key(id)),
    ...keys.flat().map(remove),
    ...told.flatMap(([key, value]) => withoutSubscription(key, value, id)),
    // Answers may quote what others must forget: the next compaction leaves nothing of them in any file.
    unfinishedRow(),
  ]
}

function withoutSubscription(key: string, value: string, id: string): RowOperation[] {
  const all = value.split(' ')
  const left = all.filter(each => !each.startsWith(`${id}/`))
  if (left.length === all.length) return []
  return [left.length === 0 ? remove(key) : put(key, left.join(' '))]
}
