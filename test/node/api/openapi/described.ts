import type { Role } from '../../../../node/people.ts'
import type { TestApi } from '../open-test-api.ts'

export interface Media {
  schema?: object
  example?: unknown
  examples?: { [name: string]: { value?: unknown; $ref?: string } }
}

export interface Operation {
  operationId?: string
  tags?: string[]
  summary?: string
  description?: string
  security: { bearer: string[] }[]
  parameters?: {
    in?: string
    name?: string
    description?: string
    schema?: { type?: string }
    $ref?: string
  }[]
  requestBody?: { content: { [mediaType: string]: Media } }
  responses: { [status: string]: { content?: { [mediaType: string]: Media } } }
}

export interface OpenApi {
  openapi: string
  info: { description: string }
  tags: { name: string; description: string }[]
  paths: { [path: string]: { [method: string]: Operation } }
  components: {
    schemas: { [name: string]: object }
    examples: { [name: string]: { value: unknown } }
    headers: object
    parameters: object
  }
}

/** `GET /v1/drafts` and what is said of it. */
export interface Described {
  name: string
  method: string
  path: string
  operation: Operation
}

export async function openApiOf(api: TestApi): Promise<OpenApi> {
  return (await (await api.ask('/v1/openapi.json')).json()) as OpenApi
}

export function routesIn({ paths }: OpenApi): Described[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  )
}

/** The values of all examples of a form. */
export function examplesIn({ example, examples = {} }: Media, { components }: OpenApi): unknown[] {
  const named = Object.values(examples).map(({ value, $ref }) =>
    $ref === undefined ? value : components.examples[$ref.split('/').at(-1) ?? '']?.value,
  )
  return example === undefined ? named : [example, ...named]
}

/** A role that is enough; `reader` stands for any. */
export function roleFor({ security }: Operation): Role | undefined {
  const [first] = security
  return first && ((first.bearer[0] ?? 'customs') as Role)
}
