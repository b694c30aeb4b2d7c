import { z } from 'zod'
import { FocalpointError, findNoticeType, isError, type JsonObject, noticeTypes } from '#protocol'
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
const typesAnswer = z.array(z.looseObject({ name: z.string(), schema: z.string() }))

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

/** As the node knows this type; where no node answers, as it is known here. */
async function exampleOf(type: string, client: Client): Promise<JsonObject> {
  const types = await client.get('/v1/schemas', typesAnswer).catch(undefinedWithoutNode)
  if (types === undefined) return exampleKnownHere(type)
  const found = types.find(({ name }) => name === type)
  if (found === undefined) throw unknownType(type, types)
  const { examples } = await client.get(found.schema, schemaAnswer)
  return examples[0] ?? {}
}

function undefinedWithoutNode(error: unknown): undefined {
  if (!isError(error, 'node-unreachable')) throw error
}

function exampleKnownHere(type: string): JsonObject {
  const known = findNoticeType(type)?.examples[0]
  if (known === undefined) throw unknownType(type, noticeTypes)
  return structuredClone(known) as unknown as JsonObject
}

function typed(draft: JsonObject, type: string): JsonObject {
  if (draft.type !== undefined && draft.type !== type) {
    throw usage(`The draft says that it is of type "${String(draft.type)}", the command says "${type}".`)
  }
  return { ...draft, type }
}

function unknownType(type: string, types: readonly { name: string }[]): FocalpointError<'type-unknown'> {
  const known = types.map(({ name }) => name)
  const meant = closest(type, known)
  const advice = meant === undefined ? `Use one of: ${known.join(', ')}.` : `Did you mean "${meant}"?`
  const message = `There is no notice type "${type}". ${advice}`
  return new FocalpointError('type-unknown', message, { type, known })
}

function usage(what: string): FocalpointError<'usage'> {
  return new FocalpointError('usage', what, { what })
}
