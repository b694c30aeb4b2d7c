import { z } from 'zod'
import { FocalpointError } from '#protocol'
import type { Access } from './access.ts'
import { callerOf } from './access.ts'
import type { App } from './app.ts'
import type { Desk, StoredDraft } from './desk.ts'
import { draftReference } from './draft-components.ts'
import { apiLimits } from './limits.ts'
import { draftView, notice, storedDraft } from './responses.ts'
import { etagOf, ifMatch, versionAsked } from './versions.ts'

const officers: Access = ['officer']
/** A releaser reads what waits for release before releasing it. */
const draftReaders: Access = ['officer', 'releaser']

const params = z.strictObject({ id: z.string() })
const idempotencyKey = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .max(apiLimits.idempotencyKeyCharacters)
    .exactOptional()
    .meta({ description: 'Sent again with the same key, a release is answered with the same notice.' }),
})

export function draftRoutes(app: App, desk: Pick<Desk, 'drafts' | 'types' | 'release'>): void {
  const body = draftReference(desk.types)

  app.get(
    '/v1/drafts',
    {
      config: { access: draftReaders },
      schema: { summary: 'All drafts.', response: { 200: z.array(storedDraft) } },
    },
    async () => (await desk.drafts.list()).map(draftView),
  )

  app.post(
    '/v1/drafts',
    {
      config: { access: officers },
      schema: {
        summary: 'Writes a draft; the channel follows from its goods.',
        body,
        response: { 201: storedDraft },
      },
    },
    async (request, reply) => {
      const stored = await desk.drafts.create(request.body, callerOf(request).person)
      return reply
        .code(201)
        .header('location', `/v1/drafts/${stored.id}`)
        .header('etag', etagOf(stored))
        .send(draftView(stored))
    },
  )

  app.get(
    '/v1/drafts/:id',
    {
      config: { access: draftReaders },
      schema: { summary: 'One draft.', params, response: { 200: storedDraft } },
    },
    async (request, reply) => {
      const stored = getDraft(desk, request.params.id)
      return reply.header('etag', etagOf(stored)).send(draftView(stored))
    },
  )

  app.put(
    '/v1/drafts/:id',
    {
      config: { access: officers },
      schema: {
        summary: 'Replaces a draft; with If-Match only the version that was read.',
        params,
        headers: ifMatch,
        body,
        response: { 200: storedDraft },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const asked = versionAsked(request.headers['if-match'], () => changed(id))
      const stored = await desk.drafts.replace(id, request.body, callerOf(request).person, asked)
      return reply.header('etag', etagOf(stored)).send(draftView(stored))
    },
  )

  app.delete(
    '/v1/drafts/:id',
    {
      config: { access: officers },
      schema: {
        summary: 'Throws a draft away.',
        params,
        headers: ifMatch,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const asked = versionAsked(request.headers['if-match'], () => changed(id))
      if (asked.version !== undefined && asked.version !== getDraft(desk, id).version) throw changed(id)
      await desk.drafts.remove(id, callerOf(request).person)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/v1/drafts/:id/release',
    {
      config: { access: ['releaser'] },
      schema: {
        summary: 'Signs and issues a draft that another person wrote.',
        params,
        headers: idempotencyKey,
        response: { 201: notice },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const key = request.headers['idempotency-key']
      const options = key === undefined ? {} : { idempotencyKey: key }
      const issued = await desk.release(id, callerOf(request).person, options)
      return reply.code(201).header('location', `/v1/notices/${issued.id}`).send(issued)
    },
  )
}

function getDraft({ drafts }: Pick<Desk, 'drafts'>, id: string): StoredDraft {
  const stored = drafts.find(id)
  if (stored) return stored
  throw new FocalpointError('not-found', 'There is no such draft.', { what: 'draft', id })
}

function changed(id: string): FocalpointError<'draft-changed'> {
  return new FocalpointError(
    'draft-changed',
    'Somebody changed this draft meanwhile: read it again, then make your change.',
    { draft: id },
  )
}
