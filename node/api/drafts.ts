import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type ErrorCode, FocalpointError, isObject } from '#protocol'
import type { Desk, NoticeView, StoredDraft } from '../desk/desk.ts'
import { returnForm } from '../desk/return-form.ts'
import { type Caller, type Role, readsNominal } from '../people.ts'
import { type Access, callerOf } from './access.ts'
import { type Again, onceIn } from './again.ts'
import type { App } from './app.ts'
import { draftReference } from './draft-components.ts'
import { draftView, notice, storedDraft } from './responses.ts'
import { idOf } from './validate.ts'
import { etagOf, ifMatch, versionAsked } from './versions.ts'

const officers: Access = ['officer']
/** Customs write sightings and answers: of drafts they find their own alone. */
const draftWriters = ['officer', 'customs'] as const
/** A releaser reads what waits for release before releasing it. */
const draftReaders = ['officer', 'releaser', 'customs'] as const

/** What a draft that is written may be refused for. */
export const draftProblems: readonly ErrorCode[] = [
  'draft-invalid',
  'type-unknown',
  'channel-mixed',
  'channel-not-joined',
  'ref-elsewhere',
  'not-the-issuer',
]
const releaseProblems: readonly ErrorCode[] = [
  'draft-changed',
  'four-eyes',
  'already-released',
  'draft-returned',
  'draft-invalid',
  'ref-unknown',
  'recovering',
  'signing-stopped',
  'clock-off',
  'registry-expired',
]

const params = idOf('draft')

export function draftRoutes(app: App, desk: Pick<Desk, 'drafts' | 'types' | 'release' | 'notices'>): void {
  const body = draftReference(desk.types)

  app.get(
    '/v1/drafts',
    {
      config: { access: draftReaders },
      schema: {
        operationId: 'listDrafts',
        summary: 'All drafts; with customs rights alone your own.',
        response: { 200: z.array(storedDraft) },
      },
    },
    async request => {
      const drafts = await desk.drafts.list()
      return drafts.filter(each => isTheirs(each, callerOf(request), seeingAll)).map(draftView)
    },
  )

  app.post(
    '/v1/drafts',
    {
      config: { access: officers, again: againDraft(desk), problems: draftProblems },
      schema: {
        operationId: 'createDraft',
        summary: 'Writes a draft; the channel follows from its goods.',
        body,
        response: { 201: storedDraft },
      },
    },
    async (request, reply) => {
      const stored = await desk.drafts.create(request.body, callerOf(request).person, onceIn(request))
      return reply.code(201).send(written(reply, stored))
    },
  )

  app.get(
    '/v1/drafts/:id',
    {
      config: { access: draftReaders },
      schema: { operationId: 'getDraft', summary: 'One draft.', params, response: { 200: storedDraft } },
    },
    async (request, reply) => {
      const stored = getDraft(desk, request.params.id)
      checkTheirs(stored, callerOf(request), seeingAll)
      return reply.header('etag', tagOf(stored)).send(draftView(stored))
    },
  )

  app.put(
    '/v1/drafts/:id',
    {
      config: { access: draftWriters, problems: [...draftProblems, 'draft-changed', 'already-released'] },
      schema: {
        operationId: 'replaceDraft',
        summary:
          'Replaces a draft, and sends again one that was sent back; with If-Match only the version that was read.',
        params,
        headers: ifMatch,
        body,
        response: { 200: storedDraft },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      checkMayReplace(desk.drafts.find(id), request.body, callerOf(request))
      const asked = versionAsked(request.headers['if-match'], () => changed(id))
      const stored = await desk.drafts.replace(id, request.body, callerOf(request).person, asked)
      return reply.header('etag', tagOf(stored)).send(draftView(stored))
    },
  )

  app.delete(
    '/v1/drafts/:id',
    {
      config: { access: draftWriters, problems: ['draft-changed', 'already-released'] },
      schema: {
        operationId: 'deleteDraft',
        summary: 'Throws a draft away.',
        params,
        headers: ifMatch,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      checkTheirs(desk.drafts.find(id), callerOf(request), changingAll)
      const asked = versionAsked(request.headers['if-match'], () => changed(id))
      await desk.drafts.remove(id, callerOf(request).person, asked)
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/v1/drafts/:id/release',
    {
      config: { access: ['releaser'], again: againNotice(desk), problems: releaseProblems },
      schema: {
        operationId: 'releaseDraft',
        summary:
          'Signs and issues a draft that another person wrote; with If-Match only the version that was read.',
        params,
        headers: ifMatch,
        response: { 201: notice },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const asked = versionAsked(request.headers['if-match'], () => changed(id))
      const notice = await desk.release(id, callerOf(request).person, { ...onceIn(request), ...asked })
      return reply.code(201).send(issued(reply, notice))
    },
  )

  app.post(
    '/v1/drafts/:id/return',
    {
      config: {
        access: ['releaser'],
        again: againDraft(desk),
        problems: ['draft-changed', 'draft-returned', 'already-released'],
      },
      schema: {
        operationId: 'returnDraft',
        summary:
          'Sends a draft back to whoever wrote it, with a reason; with If-Match only the version that was read.',
        params,
        headers: ifMatch,
        body: returnForm,
        response: { 200: storedDraft },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const asked = versionAsked(request.headers['if-match'], () => changed(id))
      const { reason } = request.body
      const stored = await desk.drafts.sendBack(id, reason, callerOf(request).person, asked)
      return reply.send(written(reply, stored))
    },
  )
}

/** A draft that was sent back is the same version, and reads otherwise. */
function tagOf(stored: StoredDraft): string {
  return stored.returned === undefined ? etagOf(stored) : etagOf(stored, stored.returned.at)
}

/** What is told of a draft that was just written, and where it is. */
export function written(reply: FastifyReply, stored: StoredDraft): ReturnType<typeof draftView> {
  reply.header('location', `/v1/drafts/${stored.id}`).header('etag', tagOf(stored))
  return draftView(stored)
}

/** The draft that was written before, for who asks again. */
export function againDraft({ drafts }: Pick<Desk, 'drafts'>): Again {
  return (id, reply) => {
    const stored = drafts.find(id)
    return stored && written(reply, stored)
  }
}

function issued(reply: FastifyReply, notice: NoticeView): NoticeView {
  reply.header('location', `/v1/notices/${notice.id}`)
  return notice
}

function againNotice({ notices }: Pick<Desk, 'notices'>): Again {
  return async (id, reply) => {
    const notice = await notices.find(id, { nominal: readsNominal(callerOf(reply.request).roles) })
    return notice && issued(reply, notice)
  }
}

const seeingAll: readonly Role[] = ['officer', 'releaser']
const changingAll: readonly Role[] = ['officer']

function isTheirs({ author }: StoredDraft, { roles, person }: Caller, all: readonly Role[]): boolean {
  return author === person.id || roles.some(role => all.includes(role))
}

/** Of what is not there, or was released, whoever looks for it is told by the desk. */
function checkTheirs(stored: StoredDraft | undefined, caller: Caller, all: readonly Role[]): void {
  if (stored !== undefined && !isTheirs(stored, caller, all)) throw missing(stored.id)
}

/** What customs may not begin, their draft does not become. */
function checkMayReplace(stored: StoredDraft | undefined, value: unknown, caller: Caller): void {
  checkTheirs(stored, caller, changingAll)
  const { type }: { type?: unknown } = isObject(value) ? value : {}
  if (stored === undefined || caller.roles.includes('officer') || type === stored.draft.type) return
  throw new FocalpointError('forbidden', 'With customs rights alone a draft keeps its type.', {
    needs: ['officer'],
  })
}

function getDraft({ drafts }: Pick<Desk, 'drafts'>, id: string): StoredDraft {
  const stored = drafts.find(id)
  if (stored) return stored
  throw missing(id)
}

function missing(id: string): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', 'There is no such draft.', { what: 'draft', id })
}

function changed(id: string): FocalpointError<'draft-changed'> {
  return new FocalpointError(
    'draft-changed',
    'Somebody changed this draft meanwhile: read it again, then make your change.',
    { draft: id },
  )
}
