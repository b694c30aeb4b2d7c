import { draftAnswer } from '../answers.ts'
import { clientFrom } from '../client.ts'
import { readJsonObject } from '../input.ts'
import type { Listing, NodeAddress } from '../options.ts'
import { print, printJson, say } from '../talk.ts'

/** Drafts a withdrawal: the node fills in which notice it is of. */
export async function withdrawNotice(
  id: string,
  { file, json, quiet, ...address }: NodeAddress & Listing & { file: string },
): Promise<void> {
  const client = await clientFrom(address)
  const withdrawal = await readJsonObject(file)
  const stored = await client.post(
    `/v1/notices/${encodeURIComponent(id)}/withdrawal`,
    withdrawal,
    draftAnswer,
  )
  if (json) printJson(stored)
  else print(stored.id)
  say(`Drafted. Another person releases it: focalpoint notice release ${stored.id}`, { quiet })
}
