import type { TestApi } from '../open-test-api.ts'

/** What the node says of one line. */
interface Line {
  line: number
  reference?: string
  lane?: string
  exercise?: boolean
  matches?: { exercise: boolean; reasons: object[] }[]
  errors?: { pointer: string; detail: string; code: string }[]
}

interface Answer {
  results: Line[]
  counts: Record<string, number>
  rule: string
  problem?: { code: string; detail: string }
  columns?: { read: string[]; ignored: string[] }
}

/** Sends a body to be screened, as customs do. */
export function send(
  of: TestApi,
  mediaType: string,
  body: string | Uint8Array<ArrayBuffer>,
  path = '',
  more = {},
): Promise<Response> {
  const headers = { 'content-type': mediaType, ...more }
  return of.ask(`/v1/screenings${path}`, { as: 'customs', method: 'POST', headers, body: body as string })
}

export async function answerOf(answer: Promise<Response>): Promise<Answer> {
  return (await (await answer).json()) as Answer
}

export function csvOf(...lines: string[]): string {
  return lines.join('\n')
}
