/** Of an OpenAPI 3.1 document, what the reference shows. */
export interface Description {
  info: { description: string }
  tags: readonly { name: string; description: string }[]
  paths: Record<string, Record<string, Described>>
  components: {
    schemas: Record<string, Schema>
    examples: Record<string, { value: unknown }>
    parameters: Record<string, Parameter>
  }
}

export interface Described {
  operationId: string
  summary: string
  description?: string
  tags: readonly string[]
  security: readonly Record<string, readonly string[]>[]
  parameters?: readonly (Parameter | Reference)[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content?: Record<string, Media> }>
}

interface Reference {
  $ref: string
}

export interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
}

export interface Media {
  schema?: Schema
  example?: unknown
  examples?: Record<string, { value?: unknown; $ref?: string }>
}

export interface Schema {
  $ref?: string
  title?: string
  description?: string
  type?: string | readonly string[]
  format?: string
  pattern?: string
  const?: unknown
  enum?: readonly unknown[]
  items?: Schema
  anyOf?: readonly Schema[]
  oneOf?: readonly Schema[]
  properties?: Record<string, Schema>
  required?: readonly string[]
}

/** One method at one address. */
export interface Operation extends Described {
  method: string
  path: string
}

export function operationsOf({ paths }: Description): Operation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, described]) => ({
      ...described,
      method: method.toUpperCase(),
      path,
    })),
  )
}

/** The roles that may; none for everybody, `[]` for whoever has a role. */
export function rolesOf({ security }: Operation): readonly string[] | undefined {
  return security.length === 0 ? undefined : security.flatMap(each => each.bearer ?? [])
}

export function parametersOf({ parameters = [] }: Operation, { components }: Description): Parameter[] {
  return parameters.flatMap(each =>
    '$ref' in each ? (components.parameters[lastWord(each.$ref)] ?? []) : each,
  )
}

/** The first that there is. */
export function exampleOf(media: Media | undefined, { components }: Description): unknown {
  if (media === undefined || media.example !== undefined) return media?.example
  const [first] = Object.values(media.examples ?? {})
  if (first?.$ref === undefined) return first?.value
  return components.examples[lastWord(first.$ref)]?.value
}

export function resolved(schema: Schema, { components }: Description): Schema {
  return schema.$ref === undefined ? schema : { ...components.schemas[lastWord(schema.$ref)], ...schema }
}

/** In few words: "array of string", "one of: a, b". */
export function formOf(schema: Schema | undefined, description: Description): string {
  if (schema === undefined) return ''
  const { $ref, title, type, format, items, enum: words, const: only, anyOf, oneOf } = schema
  const choices = anyOf ?? oneOf
  if ($ref !== undefined) return lastWord($ref)
  if (only !== undefined) return JSON.stringify(only)
  if (words) return words.map(each => JSON.stringify(each)).join(' | ')
  if (choices) return [...new Set(choices.map(each => formOf(each, description)))].join(' | ')
  if (items) return `array of ${formOf(items, description)}`
  if (title !== undefined && type === 'object') return title
  return [[type ?? 'any'].flat().join(' | '), format && `(${format})`].filter(Boolean).join(' ')
}

function lastWord(reference: string): string {
  return reference.split('/').at(-1) ?? reference
}
