import type { ErrorCode } from '#protocol'
import { type Problem, problemMediaType, problems } from '../../desk/problem.ts'

/** What a route says of itself, as far as its failures follow from it. */
export interface RouteFacts {
  isOpen: boolean
  isForSome: boolean
  hasId: boolean
  hasBody: boolean
  hasQuery: boolean
  writes: boolean
  takesKey: boolean
  isLimited: boolean
  /** What it names itself. */
  problems: readonly ErrorCode[]
}

const shared: readonly { codes: readonly ErrorCode[]; of: (route: RouteFacts) => boolean }[] = [
  { codes: ['unauthenticated'], of: route => !route.isOpen },
  { codes: ['forbidden'], of: route => route.isForSome },
  { codes: ['not-found'], of: route => route.hasId },
  { codes: ['body-malformed', 'body-too-large', 'media-type-unsupported'], of: route => route.hasBody },
  { codes: ['request-malformed'], of: route => route.hasBody || route.hasQuery || route.takesKey },
  {
    codes: ['idempotency-key-reused', 'idempotency-key-in-use', 'idempotency-key-spent'],
    of: route => route.takesKey,
  },
  { codes: ['too-many-requests'], of: route => route.isLimited },
  { codes: ['disk-full', 'store-failed'], of: route => route.writes },
]

/** The failures of a route by their status; `default` stands for what nobody expects. */
export function problemResponses(route: RouteFacts): { [status: string]: object } {
  const codes = [...shared.flatMap(({ codes, of }) => (of(route) ? codes : [])), ...route.problems]
  const byStatus = Object.groupBy(new Set(codes), code => String(problems[code].status))
  return {
    ...Object.fromEntries(Object.entries(byStatus).map(([status, codes = []]) => [status, response(codes)])),
    default: response(['internal']),
  }
}

/** One for each code, referred to by its name. */
export function problemExamples(): { [code: string]: { value: Problem } } {
  return Object.fromEntries(
    Object.entries(problems).map(([code, { status, title }]) => [
      code,
      { value: { type: `/problems/${code}`, title, status, detail: `${title}.`, code: code as ErrorCode } },
    ]),
  )
}

function response(codes: readonly ErrorCode[]): object {
  return {
    description: codes.map(code => `\`${code}\`: ${problems[code].title}.`).join(' '),
    content: {
      [problemMediaType]: {
        schema: { $ref: '#/components/schemas/problem' },
        examples: Object.fromEntries(codes.map(code => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  }
}
