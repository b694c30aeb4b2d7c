import type { Role } from '../../node/people.ts'

/** A node with a token for each role. */
export interface NodeToAsk {
  url: string
  tokens: Record<Role, string>
}

export interface Asked {
  path: string
  /** An officer where nobody is named. */
  as?: Role
  /** Sends something, or only does something. */
  method?: 'GET' | 'POST'
  sent?: unknown
}

/** What the API answers. @throws where it refuses. */
export async function ask<Answer>(
  { url, tokens }: NodeToAsk,
  { path, as = 'officer', sent, method = sent === undefined ? 'GET' : 'POST' }: Asked,
): Promise<Answer> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      authorization: `Bearer ${tokens[as]}`,
      ...(sent !== undefined && { 'content-type': 'application/json' }),
    },
    ...(sent !== undefined && { body: JSON.stringify(sent) }),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Answer
}
