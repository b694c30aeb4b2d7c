import { z } from 'zod'
import { sha256 } from '#protocol'
import {
  type Attempt,
  type DeliveryView,
  deliveryKinds,
  deliveryStates,
  pauseCodes,
  type Shown,
  type SubscriptionView,
} from '../subscription.ts'
import { isoOf } from './times.ts'

// What is answered about subscriptions: times in ISO 8601, and never a secret but once.

const isoTime = z.string().meta({ format: 'date-time' })

/** Examples, as they would be read. */
const example = {
  id: '811cdd81-7fc8-444e-945e-53e027d64cd7',
  person: '0b1e7a52-9b3c-4d55-8f1d-2c7e6a9d4e10',
  label: 'Risk engine, restraints',
  filter: { hs: ['732690'], countries: ['XM'] },
  remarks: true,
  matches: false,
  target: { kind: 'webhook', url: 'https://risk.customs.example/focalpoint' },
  state: 'active',
  createdAt: '2026-11-22T09:30:00.000Z',
  version: 1,
  cursor: 1204,
  waiting: 0,
  deadLetters: 0,
} as const
const exampleDelivery = {
  id: 'msg_s6vJ6WVRHBOnl_UogoPLjMyytb30cCL_EHeIayOY04U',
  turn: 17,
  kind: 'notice',
  subject: sha256('an example of an alert'),
  at: '2026-11-22T10:00:01.000Z',
  state: 'delivered',
  attempts: 2,
  madeAt: '2026-11-22T10:00:01.000Z',
  deliveredAt: '2026-11-22T10:00:08.000Z',
  tried: [
    {
      number: 1,
      at: '2026-11-22T10:00:01.000Z',
      tookMs: 12,
      outcome: 'refused',
      status: 503,
      detail: 'It answered 503.',
      answer: 'restarting',
    },
    { number: 2, at: '2026-11-22T10:00:08.000Z', tookMs: 9, outcome: 'delivered', status: 204 },
  ],
} as const

export const subscription = z
  .strictObject({
    id: z.string(),
    person: z.string().meta({ description: 'Whose it is.' }),
    label: z.string(),
    filter: z.record(z.string(), z.unknown()),
    remarks: z.boolean(),
    matches: z.boolean(),
    target: z.strictObject({ kind: z.enum(['webhook', 'feed']), url: z.string().exactOptional() }),
    state: z.enum(['active', 'paused']),
    paused: z
      .strictObject({
        code: z.enum(pauseCodes),
        reason: z.string().meta({ description: 'What happened, and what to do.' }),
        at: isoTime,
      })
      .exactOptional(),
    createdAt: isoTime,
    version: z.int(),
    cursor: z.int().meta({ description: 'The place in /v1/events up to which it was looked at.' }),
    waiting: z.int(),
    deadLetters: z.int(),
    failingSince: isoTime.exactOptional().meta({
      description: 'Since when its receiver has taken nothing; the attempts stand with its deliveries.',
    }),
  })
  .meta({ title: 'Subscription', examples: [example] })

export const shown = z
  .strictObject({
    subscription,
    secret: z
      .string()
      .exactOptional()
      .meta({ description: 'Of a webhook, as Standard Webhooks has it. Shown this once.' }),
    links: z
      .strictObject({ atom: z.string(), json: z.string() })
      .exactOptional()
      .meta({ description: 'Of a feed: whoever has one of them can read it. Shown this once.' }),
  })
  .meta({
    title: 'Subscription with its secret',
    examples: [{ subscription: example, secret: `whsec_${'A'.repeat(43)}=` }],
  })

const attempt = z
  .strictObject({
    number: z.int(),
    at: isoTime,
    tookMs: z.int(),
    outcome: z.string().meta({
      description:
        'delivered, refused (another status), redirected, timed-out, unreachable, untrusted (its certificate), or the target-… code of an address to which nothing is sent.',
    }),
    status: z.int().exactOptional(),
    detail: z.string().exactOptional(),
    answer: z.string().exactOptional().meta({
      description:
        'The beginning of what the receiver answered. Deleted after 30 days, and when a part is erased.',
    }),
  })
  .meta({ title: 'Attempt' })

export const delivery = z
  .strictObject({
    id: z.string().meta({ description: 'The webhook-id: the same for the same event.' }),
    turn: z.int(),
    kind: z.enum(deliveryKinds),
    subject: z.string().meta({ description: 'The id of the notice.' }),
    about: z.string().exactOptional().meta({ description: 'The notice told before that it answers.' }),
    reminderOf: z.string().exactOptional(),
    at: isoTime.meta({ description: 'When it came about here.' }),
    state: z.enum(deliveryStates),
    attempts: z.int(),
    madeAt: isoTime,
    failingSince: isoTime.exactOptional(),
    nextAt: isoTime.exactOptional().meta({ description: 'When it is tried again.' }),
    deliveredAt: isoTime.exactOptional(),
    openedAt: isoTime.exactOptional(),
    remindAt: isoTime
      .exactOptional()
      .meta({ description: 'When it is told once more, unless somebody opens it.' }),
    tried: z.array(attempt).meta({ description: 'Oldest first.' }),
  })
  .meta({ title: 'Delivery', examples: [exampleDelivery] })

export function subscriptionView({
  target,
  paused,
  createdAt,
  failingSince,
  filter,
  ...rest
}: SubscriptionView): z.infer<typeof subscription> {
  return {
    ...rest,
    filter: { ...filter },
    target: target.kind === 'webhook' ? { kind: 'webhook', url: target.url } : { kind: 'feed' },
    state: paused === undefined ? 'active' : 'paused',
    ...(paused && { paused: { ...paused, at: isoOf(paused.at) } }),
    ...(failingSince !== undefined && { failingSince: isoOf(failingSince) }),
    createdAt: isoOf(createdAt),
  }
}

export function shownView({ subscription: of, secret }: Shown): z.infer<typeof shown> {
  return of.target.kind === 'webhook'
    ? { subscription: subscriptionView(of), secret }
    : {
        subscription: subscriptionView(of),
        links: { atom: `/v1/feeds/${secret}.atom`, json: `/v1/feeds/${secret}.json` },
      }
}

export function deliveryView({
  subscription: _,
  failing,
  tried,
  at,
  madeAt,
  nextAt,
  deliveredAt,
  openedAt,
  remindAt,
  ...rest
}: DeliveryView): z.infer<typeof delivery> {
  return {
    ...rest,
    at: isoOf(at),
    madeAt: isoOf(madeAt),
    ...(failing && { failingSince: isoOf(failing.since) }),
    ...(nextAt !== undefined && { nextAt: isoOf(nextAt) }),
    ...(deliveredAt !== undefined && { deliveredAt: isoOf(deliveredAt) }),
    ...(openedAt !== undefined && { openedAt: isoOf(openedAt) }),
    ...(remindAt !== undefined && { remindAt: isoOf(remindAt) }),
    tried: tried.map(attemptView),
  }
}

function attemptView({ at, ...rest }: Attempt): z.infer<typeof attempt> {
  return { ...rest, at: isoOf(at) }
}
