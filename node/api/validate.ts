import { z } from 'zod'
import { type FieldError, FocalpointError, formErrors } from '#protocol'
import { apiLimits } from './limits.ts'

/** The only validator: it never changes a body, unlike the one that Fastify brings along. */
export function validatorCompiler({ schema, httpPart }: { schema: unknown; httpPart?: string | undefined }) {
  const form = schema as z.ZodType
  return (value: unknown) => {
    const errors = formErrors(form, value)
    if (errors.length > 0) return { error: malformed(httpPart, errors) }
    return { value: form.parse(value) }
  }
}

const parts: { [httpPart: string]: string } = {
  querystring: 'query of the address',
  params: 'address',
  headers: 'headers',
}

function malformed(httpPart: string | undefined, errors: FieldError[]): FocalpointError<'request-malformed'> {
  const where = parts[httpPart ?? ''] ?? 'body'
  const wrong = errors.length === 1 ? 'field is' : 'fields are'
  return new FocalpointError('request-malformed', `In the ${where}, ${errors.length} ${wrong} wrong.`, {
    errors,
  })
}

/** The parameter of an address that leads to one of these. */
export function idOf(what: string) {
  return z.strictObject({ id: z.string().meta({ description: `The id of the ${what}.` }) })
}

/** How many of a list are asked for. */
export const limit = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(apiLimits.pageMost))
  .exactOptional()
  .meta({
    type: 'integer',
    minimum: 1,
    maximum: apiLimits.pageMost,
    default: apiLimits.pageDefault,
    description: 'How many at most.',
  })

/** A place in our feed, as a Link or an event gave it. */
export const cursor = z
  .string()
  .exactOptional()
  .meta({ description: 'A cursor as given by the page before.' })

export function parseCursor(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new FocalpointError('cursor-malformed', 'This is no cursor: use one that this node has given.', {
    cursor: text.slice(0, 100),
  })
}
