import { z } from 'zod'
import { clientFrom } from '../client.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { print, printJson, say } from '../talk.ts'
import { checkExpiryOfNewest } from './expiry.ts'
import { readDocuments, usage } from './files.ts'

const adoption = z.looseObject({
  adopted: z.array(z.looseObject({ kind: z.string(), version: z.number() })),
  registry: z.looseObject({ root: z.number(), members: z.number(), expires: z.string() }),
})

/** Hands signed documents to a running node, from which they spread to all others. */
export async function publishFiles(
  paths: readonly string[],
  { json, quiet, ...address }: NodeAddress & Listing,
): Promise<void> {
  const files = await readDocuments(paths)
  const request = files.find(({ kind }) => kind === 'join')
  if (request) throw usage(`${request.path} is a request: it must be approved first.`)
  checkExpiryOfNewest(
    files.filter(({ fromTrust }) => !fromTrust),
    'Nothing was published.',
  )
  const documents = files.map(({ kind, signed }) => ({ kind, ...signed }))
  const client = await clientFrom(address)
  const answer = await client.post('/v1/members/documents', { documents }, adoption)
  if (json) printJson(answer)
  else print(answer.adopted.map(({ kind, version }) => `${kind} ${version}`).join('\n'))
  const { root, members, expires } = answer.registry
  const news =
    answer.adopted.length === 0
      ? 'The node held all of this already.'
      : 'In force, and on its way to all others.'
  say(`${news} The node is at root ${root} and members document ${members}, which hold until ${expires}.`, {
    quiet,
  })
}
