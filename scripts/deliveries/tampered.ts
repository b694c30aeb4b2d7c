interface Posted {
  headers: Record<string, string>
  body: string
}

/** What somebody on the way, or somebody who has one genuine event, can make of it without the secret. */
const forgeries: readonly ((genuine: Posted) => Posted)[] = [
  ({ headers, body }) => ({ headers, body: body.replace('"verified"', '"void"') }),
  ({ headers, body }) => ({ headers, body: `${body} ` }),
  ({ headers, body }) => ({ headers: { ...headers, 'webhook-id': `${headers['webhook-id']}x` }, body }),
  ({ headers, body }) => ({
    headers: { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) },
    body,
  }),
  ({ headers, body }) => ({ headers: { ...headers, 'webhook-signature': 'v1,AAAA' }, body }),
  ({ headers, body }) => ({
    headers: { ...headers, 'webhook-signature': (headers['webhook-signature'] ?? '').replace('v1,', 'v2,') },
    body,
  }),
]

/** Posts each forgery; gives what the receiver answered. Throws where it refuses the genuine one, too: that shows nothing. */
export async function postTampered(url: string, genuine: Posted): Promise<number[]> {
  const taken = await post(url, genuine)
  if (taken !== 204) throw new Error(`The receiver answered ${taken} to what it had accepted.`)
  const statuses: number[] = []
  for (const forge of forgeries) statuses.push(await post(url, forge(genuine)))
  return statuses
}

async function post(url: string, { headers, body }: Posted): Promise<number> {
  const kept = Object.entries(headers).filter(([name]) => /^(?:webhook-|content-type)/.test(name))
  const answer = await fetch(url, { method: 'POST', headers: Object.fromEntries(kept), body })
  return answer.status
}
