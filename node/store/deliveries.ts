import type { Attempt, Delivery, DeliveryRows, DeliveryState, Reached, Telling } from '../subscription.ts'
import { fieldOf, tables, under } from './keys.ts'
import type { Mirror } from './mirror.ts'
import { late, type Operation, put, putJson, type RowOperation, remove, type View } from './operation.ts'
import type { Queue } from './queue.ts'
import type { Rows } from './rows.ts'

export interface DeliveriesOptions {
  rows: Rows
  queue: Queue
  mirrors: Record<'dead' | 'reminder', Mirror>
  write: (operations: readonly Operation[]) => Promise<void>
}

/** Feed readers show the newest; older ones are not kept for them. */
const listedMost = 100

/** Of one subscription; the next look goes on. */
const tidiedAtOnce = 1000

/** States in which nothing more happens by itself. */
const isDone: Record<DeliveryState, boolean> = {
  waiting: false,
  dead: false,
  delivered: true,
  listed: true,
  failed: true,
}

export function deliveriesIn({ rows, queue, mirrors, write }: DeliveriesOptions): DeliveryRows {
  const find = (subscription: string, id: string) => deliveryIn(rows.get, subscription, id)
  return {
    find,
    async page(subscription, { before, limit, state }) {
      const found: Delivery[] = []
      const lt = before === undefined ? {} : { lt: tables.turn.key(subscription, before) }
      const range = { ...under('turn', subscription), ...lt, reverse: true }
      for (const [, id] of await rows.scan(state === undefined ? { ...range, limit } : range)) {
        const delivery = find(subscription, id)
        if (delivery && (state === undefined || delivery.state === state)) found.push(delivery)
        if (found.length === limit) break
      }
      return found
    },
    head(subscription) {
      const id = queue.head(subscription)
      return id === undefined ? undefined : find(subscription, id)
    },
    waiting: queue.count,
    dead: subscription =>
      mirrors.dead
        .entries()
        .filter(([key]) => fieldOf(key, 1) === subscription)
        .flatMap(([, id]) => find(subscription, id) ?? []),
    told: (subscription, notice) => toldOf(rows.get, notice)[subscription] ?? [],
    async attempts(subscription, id) {
      const found = await rows.scan(under('attempt', subscription, id))
      return found.map(([, value]): Attempt => JSON.parse(value))
    },
    reminders: () =>
      mirrors.reminder
        .entries()
        .map(([key, at]) => ({ subscription: fieldOf(key, 1), id: fieldOf(key, 2), dueAt: Number(at) })),
    add: (subscription, tellings, { now, state, reached = {} }) =>
      write([
        ...tellings.flatMap(telling => tellOps(subscription, telling, { now, state })),
        ...reachedOps(subscription, reached),
      ]),
    change: (subscription, id, change, attempt) =>
      write(
        late(view => {
          const held = deliveryIn(view.get, subscription, id)
          if (held === undefined) return []
          const key = tables.attempt.key(subscription, id, attempt?.number ?? 0)
          const kept = attempt && quotable(attempt, held)
          return [...rowsOf(change(held)), ...(kept ? [putJson(key, kept)] : [])]
        }),
      ),
    async tidy(subscription, before) {
      const done: Delivery[] = []
      for (const [, id] of await rows.scan({ ...under('turn', subscription), limit: tidiedAtOnce })) {
        const delivery = find(subscription, id)
        if (delivery === undefined) continue
        if (delivery.madeAt >= before) break
        if (isDone[delivery.state] && delivery.state !== 'listed') done.push(delivery)
      }
      await write(done.flatMap(forgetRows))
      return done.length
    },
  }
}

/** To be written with the erasure of a part of this notice: answers may quote it, that of a try under way too. */
export function withoutAnswers({ get }: Pick<View, 'get'>, notice: string): RowOperation[] {
  return Object.entries(toldOf(get, notice)).flatMap(([subscription, ids]) =>
    ids.flatMap(id => {
      const delivery = deliveryIn(get, subscription, id)
      if (delivery === undefined) return []
      const { attempts } = delivery
      return [
        ...keysOfAttempts(subscription, id, attempts).flatMap(key => {
          const { answer, ...attempt }: Attempt = JSON.parse(get(key) ?? '{}')
          return answer === undefined ? [] : [putJson(key, attempt)]
        }),
        putJson(tables.delivery.key(subscription, id), { ...delivery, quotableFrom: attempts + 2 }),
      ]
    }),
  )
}

function quotable({ answer, ...attempt }: Attempt, { quotableFrom = 0 }: Delivery): Attempt {
  return answer === undefined || attempt.number < quotableFrom ? attempt : { ...attempt, answer }
}

function deliveryIn(get: View['get'], subscription: string, id: string): Delivery | undefined {
  const value = get(tables.delivery.key(subscription, id))
  return value === undefined ? undefined : JSON.parse(value)
}

/** Subscription → ids of the deliveries about this notice. */
function toldOf(get: View['get'], notice: string): Record<string, string[]> {
  const told: Record<string, string[]> = {}
  for (const each of get(tables.told.key(notice))?.split(' ') ?? []) {
    const [subscription = '', id = ''] = each.split('/')
    told[subscription] = [...(told[subscription] ?? []), id]
  }
  return told
}

function tellOps(
  subscription: string,
  telling: Telling,
  { now, state }: { now: number; state: DeliveryState },
): Operation[] {
  return late(view => {
    const reached = reachedIn(view, subscription)
    const held = deliveryIn(view.get, subscription, telling.id)
    if (reached === undefined || held?.state === 'waiting') return []
    const turn = reached.turn + 1
    const { attempts = 0, openedAt } = held ?? {}
    const isRead = openedAt !== undefined && { openedAt }
    return [
      ...(held ? orderRows(held).map(remove) : []),
      ...rowsOf({ ...telling, ...isRead, subscription, turn, state, attempts, madeAt: now }),
      put(tables.turn.key(subscription, turn), telling.id),
      ...toldRows(view, subscription, telling),
      ...(state === 'listed' ? unlistRows(view, subscription, turn - listedMost) : []),
      putJson(tables.reached.key(subscription), { ...reached, turn }),
    ]
  })
}

/** Without `replay` there is none any more. */
function reachedOps(subscription: string, { cursor, replay }: Partial<Reached>): Operation[] {
  if (cursor === undefined) return []
  return late(view => {
    const reached = reachedIn(view, subscription)
    if (reached === undefined) return []
    const next: Reached = { turn: reached.turn, cursor, ...(replay && { replay }) }
    return [putJson(tables.reached.key(subscription), next)]
  })
}

function reachedIn(view: View, subscription: string): Reached | undefined {
  const value = view.get(tables.reached.key(subscription))
  return value === undefined ? undefined : JSON.parse(value)
}

function toldRows(view: View, subscription: string, { id, kind, subject }: Telling): RowOperation[] {
  if (kind === 'matched' || kind === 'test') return []
  const key = tables.told.key(subject)
  const before = view.get(key)?.split(' ') ?? []
  const told = `${subscription}/${id}`
  return before.includes(told) ? [] : [put(key, [...before, told].join(' '))]
}

/** A delivery with what follows from its state. */
function rowsOf(delivery: Delivery): RowOperation[] {
  const { subscription, id, turn, state, remindAt, openedAt } = delivery
  const reminder = tables.reminder.key(subscription, id)
  const rowIf = (holds: boolean, key: string) => (holds ? put(key, id) : remove(key))
  return [
    putJson(tables.delivery.key(subscription, id), delivery),
    rowIf(state === 'waiting', tables.queue.key(subscription, turn)),
    rowIf(state === 'dead', tables.dead.key(subscription, turn)),
    remindAt === undefined || openedAt !== undefined ? remove(reminder) : put(reminder, String(remindAt)),
  ]
}

function orderRows({ subscription, turn }: Delivery): string[] {
  return [tables.turn, tables.queue, tables.dead].map(({ key }) => key(subscription, turn))
}

function unlistRows(view: View, subscription: string, turn: number): RowOperation[] {
  const id = turn > 0 ? view.get(tables.turn.key(subscription, turn)) : undefined
  if (id === undefined) return []
  return [remove(tables.delivery.key(subscription, id)), remove(tables.turn.key(subscription, turn))]
}

function forgetRows(delivery: Delivery): RowOperation[] {
  const { subscription, id, attempts } = delivery
  return [
    remove(tables.delivery.key(subscription, id)),
    remove(tables.reminder.key(subscription, id)),
    ...[...orderRows(delivery), ...keysOfAttempts(subscription, id, attempts)].map(remove),
  ]
}

function keysOfAttempts(subscription: string, id: string, attempts: number): string[] {
  return Array.from({ length: attempts }, (_, at) => tables.attempt.key(subscription, id, at + 1))
}
