import { noticeTypes } from '#protocol'
import type { Role } from '../../node/people.ts'
import type { DemonstrationNode } from './demonstration.ts'

/** A drill of the first type, drafted by one and released by another of this State: the notice's id. */
export async function issue(node: DemonstrationNode): Promise<string> {
  const [type] = noticeTypes
  const { id } = await post<{ id: string }>(node, {
    path: '/v1/drafts',
    as: 'officer',
    value: type?.examples[0],
  })
  return release(node, id)
}

/** The id of the notice that became of this draft. */
export async function release(node: DemonstrationNode, draft: string): Promise<string> {
  return (await post<{ id: string }>(node, { path: `/v1/drafts/${draft}/release`, as: 'releaser' })).id
}

/** @throws where the node refuses it. */
export async function post<Answer>(
  { url, tokens }: DemonstrationNode,
  { path, as, value }: { path: string; as: Role; value?: unknown },
): Promise<Answer> {
  const response = await fetch(new URL(path, url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokens[as]}`,
      ...(value !== undefined && { 'content-type': 'application/json' }),
    },
    ...(value !== undefined && { body: JSON.stringify(value) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Answer
}
