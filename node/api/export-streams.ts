import type { FastifyReply, FastifyRequest } from 'fastify'
import { dayOf } from '#protocol'
import type { Desk, NoticeQuery, NoticeView } from '../desk/desk.ts'
import { Seats } from '../desk/seats.ts'
import { type People, readsNominal } from '../people.ts'
import { callerOf, checkStillAllowed } from './access.ts'
import { type Format, type LeftOut, leftOutWhy, type Selection, whyLeftOut } from './export/selection.ts'
import { walk } from './export/walk.ts'
import { apiLimits } from './limits.ts'
import type { ApiLog } from './log.ts'
import { textStream } from './text-stream.ts'
import { isoOf } from './times.ts'

export interface ExportOptions {
  desk: Pick<Desk, 'member' | 'types' | 'notices' | 'exports' | 'registry'>
  people: Pick<People, 'authenticate'>
  log: ApiLog
  now: () => number
}

/** Who asks for what. */
export interface Asked {
  request: FastifyRequest
  reply: FastifyReply
  query: Omit<NoticeQuery, 'limit' | 'before'> & { exercises?: boolean; all?: boolean }
}

interface Form {
  format: Format
  /** Of the file's name. */
  ending: string
  mediaType: string
}

/** What a form needs besides the notices. */
export interface Terms {
  nominal: boolean
  filters: Record<string, string>
  /** ISO 8601. */
  at: string
  isWanted: (view: NoticeView) => boolean
  checkAllowed: () => void
}

type MakeText = (views: AsyncIterable<NoticeView>, terms: Terms) => AsyncIterable<string>

/** Sends exports page by page, a few at once; the asker must be allowed to read for as long as it lasts. */
export function openExports({ desk, people, log, now }: ExportOptions) {
  const seats = new Seats({
    most: apiLimits.exportsMost,
    mostPerPerson: apiLimits.exportsMostPerPerson,
    says: {
      all: `This node makes ${apiLimits.exportsMost} exports already: try again when one of them is done.`,
      own: `You have ${apiLimits.exportsMostPerPerson} exports under way, as many as one person may: try again when one of them is done.`,
    },
    retryAfterSeconds: 30,
  })

  const begin = (
    { request, query: { exercises = false, all = false, ...query } }: Omit<Asked, 'reply'>,
    format: Format,
  ) => {
    const selection: Selection = { format, exercises, all, today: dayOf(now()), types: desk.types }
    const terms: Terms = {
      nominal: readsNominal(callerOf(request).roles),
      filters: { ...query },
      at: isoOf(now()),
      isWanted: view => whyLeftOut(view, selection) === undefined,
      checkAllowed: () => checkStillAllowed(request, { people, now }),
    }
    return { selection, terms, views: walk({ notices: desk.notices, query, ...terms }) }
  }

  return {
    send(asked: Asked, { format, ending, mediaType }: Form, makeText: MakeText): FastifyReply {
      const leave = seats.take(callerOf(asked.request).person.id)
      desk.exports.begun(format)
      const { terms, views } = begin(asked, format)
      const wanted = filtered(views, terms.isWanted)
      const stream = textStream(told(makeText(wanted, terms), log))
      stream.once('close', leave)
      const name = `focalpoint-${desk.member}-${terms.at.slice(0, 10)}.${ending}`
      return asked.reply
        .type(mediaType)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(stream)
    },

    async tally(asked: Omit<Asked, 'reply'>, format: Format, linesIn: (view: NoticeView) => number) {
      using _place = { [Symbol.dispose]: seats.take(callerOf(asked.request).person.id) }
      const { selection, views } = begin(asked, format)
      const leftOut = Object.fromEntries(leftOutWhy.map(why => [why, 0])) as Record<LeftOut, number>
      let [notices, lines] = [0, 0]
      for await (const view of views) {
        const why = whyLeftOut(view, selection)
        if (why !== undefined) leftOut[why] += 1
        else {
          notices += 1
          lines += linesIn(view)
        }
      }
      return { notices, lines, leftOut }
    },
  }
}

async function* filtered(
  views: AsyncIterable<NoticeView>,
  isWanted: (view: NoticeView) => boolean,
): AsyncGenerator<NoticeView> {
  for await (const view of views) if (isWanted(view)) yield view
}

/** After the first piece nobody can be answered any more: the connection breaks off, and the log says why. */
async function* told(texts: AsyncIterable<string>, log: ApiLog): AsyncGenerator<string> {
  try {
    yield* texts
  } catch (error) {
    log.warn({ error: String(error) }, 'an export broke off')
    throw error
  }
}
