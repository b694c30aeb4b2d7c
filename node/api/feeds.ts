import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FocalpointError } from '#protocol'
import type { Desk } from '../desk/desk.ts'
import type { FeedView } from '../subscription.ts'
import type { App } from './app.ts'
import { atomText, jsonFeedText } from './feed-texts.ts'

export interface FeedsOptions {
  desk: Pick<Desk, 'subscriptions' | 'member'>
  /** Where browsers find this node, where that is set. */
  origin: string | undefined
  /** Throws `too-many-requests` when this address guessed too often. */
  countFailure: (request: FastifyRequest) => Promise<void>
}

const text: z.ZodType<unknown> = z.string()
const params = z.strictObject({
  secret: z.string().meta({ description: 'As in the link that was shown once.' }),
})
const conditions = z.looseObject({
  'if-modified-since': z
    .string()
    .exactOptional()
    .meta({ description: 'For readers that keep no ETag: 304 while there is nothing newer.' }),
})

/** The two forms of one feed. */
const forms = [
  {
    path: '/v1/feeds/:secret.atom',
    name: 'Atom 1.0',
    operationId: 'getAtomFeed',
    mediaType: 'application/atom+xml',
    write: atomText,
  },
  {
    path: '/v1/feeds/:secret.json',
    name: 'JSON Feed 1.1',
    operationId: 'getJsonFeed',
    mediaType: 'application/feed+json',
    write: jsonFeedText,
  },
] as const

export function feedRoutes(app: App, { desk, origin, countFailure }: FeedsOptions): void {
  for (const { path, name, operationId, mediaType, write } of forms) {
    app.get(
      path,
      {
        config: { access: 'anyone' },
        schema: {
          operationId,
          summary: `The newest 100 items as ${name}, for whoever has the link: never with names of parties.`,
          params,
          headers: conditions,
          response: {
            200: { description: 'The feed.', content: { [mediaType]: { schema: text } } },
          },
        },
      },
      async (request, reply) => {
        const feed = await desk.subscriptions.feed(request.params.secret)
        if (feed === undefined) {
          await countFailure(request)
          throw nothingThere()
        }
        const written = write(feed, {
          member: desk.member,
          at: origin ?? originOf(request),
          path: request.url,
        })
        return answer(request, reply, { feed, written, mediaType })
      },
    )
  }
}

function answer(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { feed, written, mediaType }: { feed: FeedView; written: string; mediaType: string },
): FastifyReply {
  const modified = new Date(feed.at * 1000)
  reply.header('last-modified', modified.toUTCString()).header('cache-control', 'private, no-cache')
  // RFC 9110, section 13.2.2: where there is a tag, which is looked at for every route, the time is not.
  const since = headers['if-none-match'] === undefined ? headers['if-modified-since'] : undefined
  const isHad = since !== undefined && modified.getTime() <= Date.parse(since)
  return isHad ? reply.code(304).send() : reply.type(mediaType).send(written)
}

/** As the reader asked; it goes to nobody else. */
function originOf({ protocol, host }: FastifyRequest): string {
  const origin = `${protocol}://${host}`
  return URL.parse(origin)?.origin ?? 'http://127.0.0.1'
}

/** The same for a link that never was and for one that is no more. */
function nothingThere(): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', 'There is no such feed.', { what: 'feed', id: '' })
}
