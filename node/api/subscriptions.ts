import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type ErrorCode, FocalpointError } from '#protocol'
import type { Desk } from '../desk/desk.ts'
import { problems } from '../desk/problem.ts'
import { changeForm, filterFrom, newSubscriptionForm } from '../desk/subscription-forms.ts'
import type { SubscriptionView } from '../subscription.ts'
import { type Access, callerOf } from './access.ts'
import type { App } from './app.ts'
import { shown, shownView, subscription, subscriptionView } from './subscription-views.ts'
import { idOf } from './validate.ts'
import { etagOf, ifMatch, versionAsked } from './versions.ts'

export const customs: Access = ['customs']
/** An administrator sees to it that what somebody left behind is not sent for ever. */
const customsOrAdmin: Access = ['customs', 'admin']

export const subscriptionParams = idOf('subscription')

/** What the address of a webhook may be refused for. */
const targetProblems = (Object.keys(problems) as ErrorCode[]).filter(code => code.startsWith('target-'))

export function subscriptionRoutes(
  app: App,
  { subscriptions, types }: Pick<Desk, 'subscriptions' | 'types'>,
): void {
  app.get(
    '/v1/subscriptions',
    {
      config: { access: customsOrAdmin },
      schema: {
        operationId: 'listSubscriptions',
        summary:
          'Your subscriptions; for an administrator with all=true those of everybody, of the others without the path of the address and the parties of the filter.',
        querystring: z.strictObject({
          all: z
            .literal('true')
            .exactOptional()
            .meta({ description: 'Those of everybody, for an administrator.' }),
        }),
        response: { 200: z.array(subscription) },
      },
    },
    async request => {
      const { person, roles } = callerOf(request)
      const isAll = request.query.all !== undefined
      if (isAll && !roles.includes('admin')) throw forbidden()
      return subscriptions
        .list()
        .filter(each => isAll || each.person === person.id)
        .map(each => subscriptionView(each.person === person.id ? each : asForAdmin(each)))
    },
  )

  app.post(
    '/v1/subscriptions',
    {
      config: {
        access: customs,
        again: 'refused',
        problems: [...targetProblems, 'conflict', 'quota-reached', 'cursor-malformed'],
      },
      schema: {
        operationId: 'createSubscription',
        summary: 'Asks to be told: by a webhook, or in a feed that is read by a secret link.',
        body: newSubscriptionForm(types),
        response: { 201: shown },
      },
    },
    async (request, reply) => {
      const { person } = callerOf(request)
      const wanted = { ...request.body, filter: filterFrom(request.body.filter) }
      const made = await subscriptions.create(person.id, wanted)
      return reply
        .code(201)
        .header('location', `/v1/subscriptions/${made.subscription.id}`)
        .header('etag', tagOf(made.subscription))
        .send(shownView(made))
    },
  )

  app.get(
    '/v1/subscriptions/:id',
    {
      config: { access: customs },
      schema: {
        operationId: 'getSubscription',
        summary: 'One subscription: how far it is, and why it is paused.',
        params: subscriptionParams,
        response: { 200: subscription },
      },
    },
    async (request, reply) => {
      const found = ownSubscription(subscriptions, request)
      return reply.header('etag', tagOf(found)).send(subscriptionView(found))
    },
  )

  app.patch(
    '/v1/subscriptions/:id',
    {
      config: { access: customs, problems: [...targetProblems, 'conflict', 'subscription-changed'] },
      schema: {
        operationId: 'changeSubscription',
        summary:
          'Changes what is given; the filter as a whole. With If-Match only the version that was read.',
        params: subscriptionParams,
        headers: ifMatch,
        body: changeForm(types),
        response: { 200: subscription },
      },
    },
    async (request, reply) => {
      const { id } = ownSubscription(subscriptions, request)
      const asked = versionAsked(request.headers['if-match'], () => changed(id))
      const { filter, ...rest } = request.body
      const change = { ...rest, ...(filter && { filter: filterFrom(filter) }) }
      const next = await subscriptions.change(id, change, asked)
      return reply.header('etag', tagOf(next)).send(subscriptionView(next))
    },
  )

  app.delete(
    '/v1/subscriptions/:id',
    {
      config: { access: customsOrAdmin, problems: ['subscription-changed'] },
      schema: {
        operationId: 'removeSubscription',
        summary: 'Removes it with all that was told by it; an administrator may remove any.',
        params: subscriptionParams,
        headers: ifMatch,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id } = ownSubscription(subscriptions, request, { isForAdmin: true })
      const asked = versionAsked(request.headers['if-match'], () => changed(id))
      await subscriptions.remove(id, asked)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/v1/subscriptions/:id/pause',
    {
      config: { access: customs, again: 'harmless' },
      schema: {
        operationId: 'pauseSubscription',
        summary: 'Sends nothing until it is resumed; nothing is lost meanwhile.',
        params: subscriptionParams,
        response: { 200: subscription },
      },
    },
    async request => subscriptionView(await subscriptions.pause(ownSubscription(subscriptions, request).id)),
  )

  app.post(
    '/v1/subscriptions/:id/resume',
    {
      config: { access: customs, again: 'harmless', problems: ['conflict'] },
      schema: {
        operationId: 'resumeSubscription',
        summary: 'Goes on where it stopped, at once.',
        params: subscriptionParams,
        querystring: z.strictObject({
          skipDeadLetters: z.literal('true').exactOptional().meta({
            description: 'Leave what was given up aside; else it is tried again first, in its order.',
          }),
        }),
        response: { 200: subscription },
      },
    },
    async request => {
      const { id } = ownSubscription(subscriptions, request)
      const skipDeadLetters = request.query.skipDeadLetters !== undefined
      return subscriptionView(await subscriptions.resume(id, { skipDeadLetters }))
    },
  )

  app.post(
    '/v1/subscriptions/:id/rotate-secret',
    {
      config: { access: customs, again: 'refused' },
      schema: {
        operationId: 'rotateSubscriptionSecret',
        summary:
          'A new secret: for a day what is sent bears the signatures of both. Of a feed a new link; the one before stops at once.',
        params: subscriptionParams,
        response: { 200: shown },
      },
    },
    async request => shownView(await subscriptions.rotateSecret(ownSubscription(subscriptions, request).id)),
  )
}

/** Somebody else's is not there, for whoever asks. */
export function ownSubscription(
  subscriptions: Desk['subscriptions'],
  request: FastifyRequest,
  { isForAdmin = false } = {},
): SubscriptionView {
  const { person, roles } = callerOf(request)
  const { id } = request.params as z.infer<typeof subscriptionParams>
  const found = subscriptions.find(id)
  if (found && (found.person === person.id || (isForAdmin && roles.includes('admin')))) return found
  throw new FocalpointError('not-found', 'You have no such subscription.', { what: 'subscription', id })
}

/** Also of how far it is: who reads it again sees that, and who changes it changes none of it. */
function tagOf(view: SubscriptionView): string {
  return etagOf(view, view.cursor, view.waiting, view.deadLetters, view.failingSince ?? 0)
}

/** An address may hold a secret of its receiver, and an administrator reads no names of parties. */
function asForAdmin(view: SubscriptionView): SubscriptionView {
  const { parties: _, ...filter } = view.filter
  const { target } = view
  if (target.kind === 'feed') return { ...view, filter }
  return { ...view, filter, target: { kind: 'webhook', url: URL.parse(target.url)?.origin ?? '' } }
}

function changed(id: string): FocalpointError<'subscription-changed'> {
  return new FocalpointError('subscription-changed', 'This is no version of it: read it again.', {
    subscription: id,
  })
}

function forbidden(): FocalpointError<'forbidden'> {
  return new FocalpointError('forbidden', 'Those of everybody are for an administrator.', {
    needs: ['admin'],
  })
}
