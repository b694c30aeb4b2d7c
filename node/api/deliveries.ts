import { z } from 'zod'
import { FocalpointError } from '#protocol'
import type { Desk } from '../desk/desk.ts'
import { replayForm, replayFrom } from '../desk/subscription-forms.ts'
import { type DeliveryView, deliveryStates } from '../subscription.ts'
import type { Again } from './again.ts'
import type { App } from './app.ts'
import { apiLimits } from './limits.ts'
import { linkNext } from './paging.ts'
import { delivery, deliveryView, subscription, subscriptionView } from './subscription-views.ts'
import { customs, ownSubscription, subscriptionParams } from './subscriptions.ts'
import { cursor, limit, parseCursor } from './validate.ts'

const params = subscriptionParams.extend({
  delivery: z.string().meta({ description: 'The id of the delivery: the webhook-id.' }),
})

export function deliveryRoutes(app: App, { subscriptions }: Pick<Desk, 'subscriptions'>): void {
  const againTest: Again = async (id, { request }) => {
    const found = await subscriptions.delivery(ownSubscription(subscriptions, request).id, id)
    return found && deliveryView(found)
  }
  const againReplay: Again = (_, { request }) => subscriptionView(ownSubscription(subscriptions, request))

  app.get(
    '/v1/subscriptions/:id/deliveries',
    {
      config: { access: customs },
      schema: {
        operationId: 'listDeliveries',
        summary: 'What was told, newest first, with every attempt and its answer.',
        params: subscriptionParams,
        querystring: z.strictObject({
          state: z.enum(deliveryStates).exactOptional().meta({ description: 'Only those in this state.' }),
          cursor,
          limit,
        }),
        response: { 200: z.array(delivery) },
      },
    },
    async (request, reply) => {
      const { id } = ownSubscription(subscriptions, request)
      const { state, cursor, limit = apiLimits.pageDefault } = request.query
      const found = await subscriptions.deliveries(id, {
        limit: limit + 1,
        ...(state !== undefined && { state }),
        ...(cursor !== undefined && { before: parseCursor(cursor) }),
      })
      const page = found.slice(0, limit)
      const last = page.at(-1)
      if (found.length > limit && last) linkNext(request, reply, { name: 'cursor', cursor: last.turn })
      return page.map(deliveryView)
    },
  )

  app.get(
    '/v1/subscriptions/:id/deliveries/:delivery',
    {
      config: { access: customs },
      schema: {
        operationId: 'getDelivery',
        summary: 'One delivery.',
        params,
        response: { 200: delivery },
      },
    },
    async request => {
      const { id } = ownSubscription(subscriptions, request)
      const { delivery } = request.params
      return deliveryView((await subscriptions.delivery(id, delivery)) ?? missing(delivery))
    },
  )

  app.post(
    '/v1/subscriptions/:id/deliveries/:delivery/opened',
    {
      config: { access: customs, again: 'harmless' },
      schema: {
        operationId: 'openedDelivery',
        summary:
          'Says that somebody has read it. A flash alert that nobody has opened goes once more after 4 hours; that a program took it does not count.',
        params,
        response: { 200: delivery },
      },
    },
    async request => {
      const { id } = ownSubscription(subscriptions, request)
      return deliveryView(await subscriptions.opened(id, request.params.delivery))
    },
  )

  app.post(
    '/v1/subscriptions/:id/test',
    {
      config: { access: customs, again: againTest, problems: ['conflict'] },
      schema: {
        operationId: 'testSubscription',
        summary: 'Sends a signed test event now, also while it is paused, and tells what came of it.',
        params: subscriptionParams,
        response: { 200: delivery },
      },
    },
    async request => deliveryView(await subscriptions.test(ownSubscription(subscriptions, request).id)),
  )

  app.post(
    '/v1/subscriptions/:id/replay',
    {
      config: { access: customs, again: againReplay, problems: ['conflict', 'cursor-malformed'] },
      schema: {
        operationId: 'replayDeliveries',
        summary:
          'Tells once more, with the ids of the first time, so that a receiver which has them takes none twice.',
        params: subscriptionParams,
        body: replayForm,
        response: { 202: subscription },
      },
    },
    async (request, reply) => {
      const { id } = ownSubscription(subscriptions, request)
      return reply.code(202).send(subscriptionView(await subscriptions.replay(id, replayFrom(request.body))))
    },
  )
}

function missing(id: string): DeliveryView {
  throw new FocalpointError('not-found', 'There is no such delivery.', { what: 'delivery', id })
}
