import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { isError } from '#protocol'
import { type Ids, idKey, type SeedStory, seedStories } from '#seed'
import { draftAnswer } from '../answers.ts'
import { type Client, openClient } from '../client.ts'
import type { OpenedNode } from './messages.ts'

/** What a released notice tells of where it went. */
const issuedAnswer = z.looseObject({ id: z.string(), channel: z.string() })
export type Issued = z.infer<typeof issuedAnswer>

/** A notice is everywhere within a second; a node that has not heard its neighbours yet signs a little later. */
const patienceMs = 30_000
const againAfterMs = 50

/** Tells the stories as people would: one person drafts, another releases, over the API of the issuer's own node. */
export async function tellStories(
  nodes: readonly OpenedNode[],
  { advance }: { advance: () => void },
): Promise<Issued[]> {
  const issued: Issued[] = []
  const ids: Record<string, string> = {}
  for (const story of toldBy(nodes)) {
    const node = nodes.find(each => each.member === story.issuer)
    if (node) issued.push(...(await tellStory(story, { node, ids, advance })))
  }
  return issued
}

export function draftCount(nodes: readonly OpenedNode[]): number {
  return toldBy(nodes).reduce((count, story) => count + story.drafts.length, 0)
}

function toldBy(nodes: readonly OpenedNode[]): SeedStory[] {
  return seedStories.filter(story => nodes.some(node => node.member === story.issuer))
}

interface Telling {
  node: OpenedNode
  ids: Record<string, string>
  advance: () => void
}

async function tellStory({ story, drafts }: SeedStory, { node, ids, advance }: Telling): Promise<Issued[]> {
  const issued: Issued[] = []
  for (const [place, make] of drafts.entries()) {
    const draft = draftFrom(make, ids)
    if (draft === undefined) return issued
    const notice = await issue(node, { ...draft, exercise: true })
    ids[idKey(story, place)] = notice.id
    issued.push(notice)
    advance()
  }
  return issued
}

/** Undefined where it refers to a story that nobody here told. */
function draftFrom(make: SeedStory['drafts'][number], ids: Ids): ReturnType<typeof make> | undefined {
  try {
    return make(ids)
  } catch {
    return undefined
  }
}

async function issue(node: OpenedNode, draft: ReturnType<SeedStory['drafts'][number]>): Promise<Issued> {
  const officer = openClient({ url: node.url, token: node.tokens.officer })
  const releaser = openClient({ url: node.url, token: node.tokens.releaser })
  for (const ref of draft.refs ?? []) await untilHeld(officer, ref.id)
  const { id } = await officer.post('/v1/drafts', draft, draftAnswer)
  return patiently(() => releaser.post(`/v1/drafts/${id}/release`, undefined, issuedAnswer), 'recovering')
}

async function untilHeld(client: Client, id: string): Promise<void> {
  await patiently(() => client.getText(`/v1/notices/${id}`, 'application/sd-jwt'), 'not-found')
}

/** Tries again as long as the answer is no more than "not yet". */
async function patiently<Value>(
  attempt: () => Promise<Value>,
  notYet: 'recovering' | 'not-found',
): Promise<Value> {
  const limit = performance.now() + patienceMs
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (!isError(error, notYet) || performance.now() > limit) throw error
      await wait(againAfterMs)
    }
  }
}
