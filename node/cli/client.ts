import { z } from 'zod'
import { type ErrorDetails, type FieldError, FocalpointError } from '#protocol'
import { isErrorCode } from './exit.ts'
import { readInput } from './input.ts'
import type { NodeAddress } from './options.ts'

/** A node whose HTTP API answers. */
export interface Client {
  readonly url: string
  get<Form extends z.ZodType>(path: string, form: Form, query?: Query): Promise<z.output<Form>>
  /** One page of a list, and the value of `parameter` that asks for the next one. */
  getPage<Form extends z.ZodType>(path: string, form: Form, of: PageOf): Promise<Page<z.output<Form>>>
  getText(path: string, mediaType: string): Promise<string>
  post<Form extends z.ZodType>(
    path: string,
    body: unknown,
    form: Form,
    headers?: Headers,
  ): Promise<z.output<Form>>
  patch<Form extends z.ZodType>(path: string, body: unknown, form: Form): Promise<z.output<Form>>
  delete(path: string): Promise<void>
  /** The open answer, for one that is long or does not end by itself; `json` is posted, and so is a `body`. */
  open(path: string, headers: Headers, of?: OpenOf): Promise<Response>
}

interface OpenOf {
  method?: 'POST'
  query?: Query
  json?: unknown
  body?: ReadableStream
}

interface PageOf {
  query: Query
  parameter: 'cursor' | 'after'
}

interface Page<Items> {
  items: Items
  next?: string
}

export type Query = Readonly<Record<string, string | number | undefined>>
type Headers = Readonly<Record<string, string>>

/** A body that is a stream is sent while it is answered; what types know of `fetch` lacks the word. */
const streaming = { duplex: 'half' }

const defaultUrl = 'http://127.0.0.1:7700'

const problem = z.looseObject({
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
})

/** From flags, else from the environment. */
export async function clientFrom({ url, token, tokenFile }: NodeAddress): Promise<Client> {
  const file = tokenFile ?? (token === undefined ? process.env.FOCALPOINT_TOKEN_FILE : undefined)
  const secret = token ?? (file === undefined ? process.env.FOCALPOINT_TOKEN : (await readInput(file)).trim())
  return openClient({ url: url ?? process.env.FOCALPOINT_URL ?? defaultUrl, token: secret })
}

export function openClient({ url, token }: { url: string; token?: string | undefined }): Client {
  const authorization: Headers = {
    'user-agent': 'focalpoint-cli',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  const ask = (path: string, init: RequestInit & { headers?: Headers }) =>
    answerOf(
      addressOf(url, path),
      { ...init, ...streaming, headers: { ...authorization, ...init.headers } },
      url,
    )
  const getJson = (path: string, query: Query) =>
    ask(`${path}${queryText(query)}`, { headers: { accept: 'application/json' } })
  return {
    url,
    get: async (path, form, query = {}) => parseAnswer(await (await getJson(path, query)).json(), form, url),
    getPage: async (path, form, { query, parameter }) => {
      const answer = await getJson(path, query)
      const next = nextOf(answer, parameter)
      return { items: parseAnswer(await answer.json(), form, url), ...(next !== undefined && { next }) }
    },
    getText: async (path, mediaType) => (await ask(path, { headers: { accept: mediaType } })).text(),
    post: async (path, body, form, headers = {}) => {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const type: Headers = body === undefined ? {} : { 'content-type': 'application/json' }
      const answer = await ask(path, { method: 'POST', ...sent, headers: { ...type, ...headers } })
      return parseAnswer(await answer.json(), form, url)
    },
    patch: async (path, body, form) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await ask(path, { method: 'PATCH', body: JSON.stringify(body), headers })
      return parseAnswer(await answer.json(), form, url)
    },
    delete: async path => {
      await ask(path, { method: 'DELETE' })
    },
    open: (path, headers, { method, query = {}, json, body } = {}) =>
      ask(`${path}${queryText(query)}`, {
        ...(method !== undefined && { method }),
        ...(json !== undefined && { method: 'POST', body: JSON.stringify(json) }),
        ...(body !== undefined && { method: 'POST', body }),
        headers: { ...headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
      }),
  }
}

function addressOf(url: string, path: string): URL {
  try {
    return new URL(path, url)
  } catch (cause) {
    const what = `"${url}" is no address of a node: it must be like ${defaultUrl}.`
    throw new FocalpointError('usage', what, { what }, { cause })
  }
}

async function answerOf(address: URL, init: RequestInit, url: string): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(address, init)
  } catch (cause) {
    throw new FocalpointError(
      'node-unreachable',
      `No node answers at ${url}. Start one with "focalpoint serve" or "focalpoint demo", or say where it is with --url.`,
      { url },
      { cause },
    )
  }
  // 503 from /readyz is an answer, not a failure: it says what is missing.
  if (answer.ok || (answer.status === 503 && address.pathname === '/readyz')) return answer
  const isTokenSent = 'authorization' in (init.headers ?? {})
  throw failureOf(answer, await answer.text(), { url, isTokenSent })
}

interface Asked {
  url: string
  isTokenSent: boolean
}

function failureOf(answer: Response, text: string, { url, isTokenSent }: Asked): FocalpointError {
  const parsed = problem.safeParse(jsonOrUndefined(text))
  if (!parsed.success || !isErrorCode(parsed.data.code)) {
    const what = `${url} answered ${answer.status} ${answer.statusText}`
    return new FocalpointError('internal', `${what}: is it a focalpoint node of this version?`, { what })
  }
  const { code, detail, errors } = parsed.data
  if (code === 'unauthenticated') return unauthenticated({ url, isTokenSent })
  return new FocalpointError(code, detail, detailsOf(answer, errors) as ErrorDetails[typeof code])
}

/** The node speaks of headers; people at a command line have options. */
function unauthenticated({ url, isTokenSent }: Asked): FocalpointError<'unauthenticated'> {
  const give = 'Give a token with --token-file or FOCALPOINT_TOKEN_FILE.'
  return isTokenSent
    ? new FocalpointError(
        'unauthenticated',
        `The token for ${url} is unknown, expired, revoked, or of another node, or its person is disabled. ${give}`,
        { what: 'token not accepted' },
      )
    : new FocalpointError(
        'unauthenticated',
        `${give} An administrator of the node at ${url} makes one for you.`,
        { what: 'no token' },
      )
}

/** A problem carries the details that people act on: wrong fields, and when to come again. */
function detailsOf(answer: Response, errors: FieldError[] | undefined): object {
  const retryAfter = answer.headers.get('retry-after')
  return {
    ...(errors && { errors }),
    ...(retryAfter !== null && { retryAfterSeconds: Number(retryAfter) }),
  }
}

function parseAnswer<Form extends z.ZodType>(value: unknown, form: Form, url: string): z.output<Form> {
  const parsed = form.safeParse(value)
  if (parsed.success) return parsed.data
  const what = `${url} answered in a form that this version does not know (${z.prettifyError(parsed.error)})`
  throw new FocalpointError('internal', `${what}.`, { what })
}

/** RFC 8288: the address in `Link: <…>; rel="next"`. */
function nextOf(answer: Response, parameter: string): string | undefined {
  const [, target] = /<([^>]*)>;\s*rel="?next"?/.exec(answer.headers.get('link') ?? '') ?? []
  return target === undefined
    ? undefined
    : (new URL(target, answer.url).searchParams.get(parameter) ?? undefined)
}

function queryText(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
