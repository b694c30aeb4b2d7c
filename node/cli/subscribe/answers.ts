import { z } from 'zod'

// What the command line reads about subscriptions: a newer node may say more.

export const subscriptionAnswer = z.looseObject({
  id: z.string(),
  person: z.string(),
  label: z.string(),
  filter: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  remarks: z.boolean(),
  matches: z.boolean(),
  target: z.looseObject({ kind: z.string(), url: z.string().optional() }),
  state: z.string(),
  paused: z.looseObject({ code: z.string(), reason: z.string(), at: z.string() }).optional(),
  createdAt: z.string(),
  cursor: z.number(),
  waiting: z.number(),
  deadLetters: z.number(),
  failingSince: z.string().optional(),
})
export type SubscriptionAnswer = z.infer<typeof subscriptionAnswer>
export const subscriptionsAnswer = z.array(subscriptionAnswer)

export const shownAnswer = z.looseObject({
  subscription: subscriptionAnswer,
  secret: z.string().optional(),
  links: z.looseObject({ atom: z.string(), json: z.string() }).optional(),
})
export type ShownAnswer = z.infer<typeof shownAnswer>

export const deliveryAnswer = z.looseObject({
  id: z.string(),
  turn: z.number(),
  kind: z.string(),
  subject: z.string(),
  state: z.string(),
  attempts: z.number(),
  madeAt: z.string(),
  nextAt: z.string().optional(),
  deliveredAt: z.string().optional(),
  openedAt: z.string().optional(),
  tried: z.array(
    z.looseObject({
      at: z.string(),
      tookMs: z.number(),
      outcome: z.string(),
      status: z.number().optional(),
      detail: z.string().optional(),
      answer: z.string().optional(),
    }),
  ),
})
export type DeliveryAnswer = z.infer<typeof deliveryAnswer>
export const deliveriesAnswer = z.array(deliveryAnswer)
