import { isDeepStrictEqual } from 'node:util'

type Json = { [keyword: string]: unknown }

interface Media {
  schema?: Json
  example?: unknown
  examples?: object
}

/** What the library says where a route says nothing of its answer. */
const unsaid = 'Default Response'

interface Operation {
  summary?: string
  parameters?: ({ in: string; name: string } | { $ref: string })[]
  tags?: string[]
  requestBody?: { content?: { [mediaType: string]: Media } }
  responses?: {
    [status: string]: { description?: string; headers?: object; content?: { [mediaType: string]: Media } }
  }
}

type Paths = { [path: string]: { [method: string]: Operation } }

/** Gives every form an example, every titled form one place beside those named already, and every success its headers. */
export function finishPaths(
  paths: Paths,
  { named, examples }: { named: { [name: string]: object }; examples: object },
): { paths: Paths; schemas: { [name: string]: Json } } {
  const finished = structuredClone(paths)
  const schemas: { [name: string]: Json } = { ...named } as { [name: string]: Json }
  for (const operations of Object.values(finished)) {
    for (const [method, operation] of Object.entries(operations)) {
      for (const media of mediaOf(operation)) {
        addExample(media, { named: named as { [name: string]: Json }, examples })
        if (media.schema) media.schema = placed(media.schema, schemas) as Json
      }
      addHeaders(method, operation)
    }
  }
  return { paths: finished, schemas }
}

function mediaOf({ requestBody, responses = {} }: Operation): Media[] {
  return [requestBody, ...Object.values(responses)].flatMap(each => Object.values(each?.content ?? {}))
}

function addExample(
  media: Media,
  { named, examples }: { named: { [name: string]: Json }; examples: object },
): void {
  if (media.example !== undefined || media.examples !== undefined || !media.schema) return
  const known = referencesIn(media.schema).flatMap((name): [string, object][] => {
    if (name in examples) return [[name, { $ref: `#/components/examples/${name}` }]]
    const value = exampleOf(named[name] ?? {})
    return value === undefined ? [] : [[name, { value }]]
  })
  if (known.length > 0) {
    media.examples = Object.fromEntries(known)
    return
  }
  const example = exampleOf(media.schema)
  if (example !== undefined) media.example = example
}

/** The names of the forms that this is an alternative of. */
function referencesIn({ oneOf }: Json): string[] {
  if (!Array.isArray(oneOf)) return []
  return oneOf.flatMap(
    ({ $ref }: Json) =>
      String($ref ?? '')
        .split('/')
        .at(-1) || [],
  )
}

/** Its own first example, else one put together from those of its items or members. */
function exampleOf({
  examples,
  const: only,
  enum: words,
  type,
  items,
  properties,
  required = [],
}: Json): unknown {
  if (Array.isArray(examples)) return examples[0]
  if (only !== undefined) return only
  if (Array.isArray(words)) return words[0]
  if (type === 'array') {
    const item = exampleOf(items as Json)
    return item === undefined ? undefined : [item]
  }
  if (type !== 'object' || properties === undefined) return undefined
  const members = Object.entries(properties as { [name: string]: Json }).map(([name, each]) => [
    name,
    exampleOf(each),
  ])
  const known = Object.fromEntries(members.filter(([, example]) => example !== undefined))
  return (required as string[]).every(name => name in known) ? known : undefined
}

/** The form with every titled object in it replaced by a reference; two of one title that differ stay where they are. */
function placed(value: unknown, schemas: { [name: string]: Json }): unknown {
  if (Array.isArray(value)) return value.map(each => placed(each, schemas))
  if (typeof value !== 'object' || value === null) return value
  const isTitled = 'title' in value && typeof value.title === 'string'
  const entries = Object.entries(value).filter(([keyword]) => !(isTitled && keyword === 'examples'))
  const form: Json = Object.fromEntries(entries.map(([keyword, each]) => [keyword, placed(each, schemas)]))
  if (typeof form.title !== 'string' || form.type !== 'object') return form
  const name = form.title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const { description, ...rest } = form
  schemas[name] ??= form
  const { description: first, ...held } = schemas[name]
  if (!isDeepStrictEqual(held, rest)) return form
  const reference = { $ref: `#/components/schemas/${name}` }
  return description === first ? reference : { ...reference, description }
}

function addHeaders(method: string, operation: Operation): void {
  const { parameters = [], responses = {} } = operation
  const named = parameters.flatMap(each => ('name' in each ? each.name : []))
  const isList = named.includes('cursor') || named.includes('after')
  const takesKey = named.includes('idempotency-key')
  for (const [status, response] of Object.entries(responses)) {
    if (response.description === unsaid) response.description = operation.summary ?? unsaid
    if (!status.startsWith('2')) continue
    const names = [
      ...('429' in responses ? ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'] : []),
      ...(method === 'get' ? ['etag'] : []),
      ...(isList ? ['link'] : []),
      ...(status === '201' ? ['location'] : []),
      ...(takesKey ? ['idempotency-replayed'] : []),
    ]
    response.headers = Object.fromEntries(names.map(name => [name, { $ref: `#/components/headers/${name}` }]))
  }
  if (method === 'get' && responses['200']) {
    Object.assign(responses, { 304: { description: 'It has not changed: you have it already.' } })
    operation.parameters = [...parameters, ifNoneMatch]
  }
}

const ifNoneMatch = { $ref: '#/components/parameters/if-none-match' }
