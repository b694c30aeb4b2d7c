import { noticeTypes } from '#protocol'
import { ask } from './ask.ts'
import type { DemonstrationNode } from './demonstration.ts'

/** A drill of the first type, drafted by one and released by another of this State: the notice's id. */
export async function issue(node: DemonstrationNode): Promise<string> {
  const [type] = noticeTypes
  const { id } = await ask<{ id: string }>(node, { path: '/v1/drafts', sent: type?.examples[0] })
  return release(node, id)
}

/** The id of the notice that became of this draft. */
export async function release(node: DemonstrationNode, draft: string): Promise<string> {
  const asked = { path: `/v1/drafts/${draft}/release`, as: 'releaser', method: 'POST' } as const
  return (await ask<{ id: string }>(node, asked)).id
}
