import { z } from 'zod'
import { FocalpointError, findNoticeType, type JsonObject, noticeTypes } from '#protocol'
import { closest } from '../../did-you-mean.ts'
import { draftAnswer } from '../answers.ts'
import { type Client, clientFrom } from '../client.ts'
import { readJsonObject } from '../input.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { print, printJson, say } from '../talk.ts'
import { setAt } from './set-at.ts'

interface DraftOptions extends NodeAddress, Listing {
  file?: string
  example?: boolean
  set?: string[]
}

const schemaAnswer = z.looseObject({ examples: z.array(z.record(z.string(), z.json())).min(1) })

/** Prints an example, or posts a draft and prints its id. */
export async function draftNotice(
  type: string,
  { file, example, set = [], json, quiet, ...address }: DraftOptions,
): Promise<void> {
  const client = await clientFrom(address)
  if (example) {
    print(JSON.stringify(set.reduce(setAt, await exampleOf(type, client)), null, 2))
    return
  }
  if (file === undefined)
    throw usage('Give the draft with --file FILE (or - for stdin); --example prints one to start from.')
  const draft = typed(set.reduce(setAt, await readJsonObject(file)), type)
  const stored = await client.post('/v1/drafts', draft, draftAnswer)
  if (json) printJson(stored)
  else print(stored.id)
  say(`Drafted. Another person releases it: focalpoint notice release ${stored.id}`, { quiet })
}

/** Of a type known here with no node; of a newer one, the node is asked. */
async function exampleOf(type: string, client: Client): Promise<JsonObject> {
  const known = findNoticeType(type)?.examples[0]
  if (known) return structuredClone(known) as unknown as JsonObject
  const schema = await client
    .get(`/v1/schemas/${encodeURIComponent(type)}.json`, schemaAnswer)
    .catch((cause: unknown) => {
      throw unknownType(type, cause)
    })
  return schema.examples[0] ?? {}
}

function typed(draft: JsonObject, type: string): JsonObject {
  if (draft.type !== undefined && draft.type !== type) {
    throw usage(`The draft says that it is of type "${String(draft.type)}", the command says "${type}".`)
  }
  return { ...draft, type }
}

function unknownType(type: string, cause: unknown): FocalpointError<'type-unknown'> {
  const known = noticeTypes.map(each => each.name)
  const meant = closest(type, known)
  const advice = meant === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean "${meant}"?`
  return new FocalpointError(
    'type-unknown',
    `There is no notice type "${type}" here, and no node that knows it. ${advice}`,
    { type, known },
    { cause },
  )
}

function usage(what: string): FocalpointError<'usage'> {
  return new FocalpointError('usage', what, { what })
}
