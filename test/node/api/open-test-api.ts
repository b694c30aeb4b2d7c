import { type Draft, FocalpointError, type NoticeType, noticeTypes } from '#protocol'
import { type Api, type ApiOptions, openApi } from '../../../node/api/index.ts'
import { openPeople, type People, type Role, roles } from '../../../node/people.ts'
import { peopleRows } from '../people-rows.ts'
import { type MemoryDesk, memoryDesk } from './memory-desk.ts'

export interface TestApi extends Api {
  desk: MemoryDesk
  people: People
  tokens: Record<Role, string>
  logged: string[]
  /** As the person who has just this role; without a role as a stranger. */
  ask(path: string, init?: Asked): Promise<Response>
}

export interface Asked {
  as?: Role
  method?: string
  /** Sent as JSON. */
  json?: unknown
  body?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** A real API on a free port, with one person for each role. */
export async function openTestApi(
  options: Partial<ApiOptions> & { types?: readonly NoticeType[] } = {},
): Promise<TestApi> {
  const { types = noticeTypes, ...rest } = options
  const desk = memoryDesk({ types })
  const people = openPeople(peopleRows())
  const tokens = await tokensFor(people)
  const logged: string[] = []
  const line = (fields: object, text: string) => void logged.push(`${JSON.stringify(fields)} ${text}`)
  const log = { info: line, warn: line, error: line }
  const api = await openApi({
    host: '127.0.0.1',
    port: 0,
    desk,
    people,
    signIn: standInSignIn(people),
    log,
    requestsPerMinute: 10_000,
    ...rest,
  })
  const ask = (path: string, { as, json, headers, ...init }: Asked = {}) =>
    fetch(new URL(path, api.url), {
      ...init,
      ...(json !== undefined && { body: JSON.stringify(json) }),
      headers: {
        ...(as && { authorization: `Bearer ${tokens[as]}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
    })
  return { ...api, desk, people, tokens, logged, ask }
}

/** Links that open nothing. */
function standInSignIn(people: People): ApiOptions['signIn'] {
  return {
    rules: { idleSeconds: 1800, sessionSeconds: 43_200, secureCookies: false, origin: undefined },
    async createLink(id) {
      if (people.find(id) === undefined)
        throw new FocalpointError('not-found', 'There is no such person.', { what: 'person', id })
      return { secret: `fl_${'A'.repeat(43)}`, expiresAt: 1_800_000_000 }
    },
  }
}

async function tokensFor(people: People): Promise<Record<Role, string>> {
  const made = await Promise.all(
    roles.map(async role => {
      const person = await people.add({ name: `The ${role}`, roles: [role] })
      const { secret } = await people.createToken({ person: person.id, label: 'test', days: 1 })
      return [role, secret] as const
    }),
  )
  return Object.fromEntries(made) as Record<Role, string>
}

/** The simplest complete draft of a type. */
export function exampleOf(name: string): Draft {
  const example = noticeTypes.find(type => type.name === name)?.examples[0]
  if (!example) throw new Error(`There is no example of ${name}.`)
  return structuredClone(example)
}
