import type { SwaggerTransform } from '@fastify/swagger'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { Access } from '../access.ts'
import { budgetOf } from '../cost.ts'
import { apiLimits } from '../limits.ts'
import { problemResponses } from './problems.ts'
import { tagOf } from './tags.ts'

interface Described {
  response?: object
  headers?: { properties?: object }
  querystring?: { properties?: object }
  params?: object
  body?: object
  description?: string
}

/** Adds to what a route says of its own forms all that follows from how it is declared. */
export function describeRoute({ requestsPerMinute }: { requestsPerMinute: number }): SwaggerTransform {
  return document => {
    const { schema, url } = jsonSchemaTransform(document as Parameters<typeof jsonSchemaTransform>[0])
    const described = schema as Described
    const { method, config = {} } = document.route
    const { access = [], again, cost, problems = [], rateLimit } = config
    const takesKey = typeof again === 'function'
    const headers = takesKey ? withKey(described.headers) : described.headers
    const failures = problemResponses({
      isOpen: access === 'anyone',
      isForSome: access !== 'anyone' && !access.includes('reader'),
      hasId: described.params !== undefined,
      hasBody: described.body !== undefined,
      hasQuery: Object.keys(described.querystring?.properties ?? {}).length > 0,
      writes: takesKey || method === 'PUT' || method === 'DELETE',
      takesKey,
      isLimited: rateLimit !== false,
      problems,
    })
    const words = [
      described.description,
      `For ${access === 'anyone' ? 'anyone' : access.join(', ')}.`,
      cost !== undefined && `At most ${budgetOf({ cost }, requestsPerMinute)} times a minute for one token.`,
      again === 'harmless' && 'Asked again it does no more than at first.',
      again === 'refused' && 'Its answer holds a secret: it takes no Idempotency-Key.',
    ]
    return {
      url,
      schema: {
        ...described,
        ...(headers && { headers }),
        tags: [tagOf(url)],
        description: words.filter(Boolean).join(' '),
        security: securityOf(access),
        response: { ...failures, ...described.response },
      },
    }
  }
}

/** One of these roles is enough, so each stands alone (OpenAPI 3.1, section 4.8.30). */
function securityOf(access: Access): { [scheme: string]: string[] }[] {
  if (access === 'anyone') return []
  return access.map(role => ({ bearer: role === 'reader' ? [] : [role] }))
}

function withKey(headers: { properties?: object } | undefined): object {
  return {
    type: 'object',
    ...headers,
    properties: {
      ...headers?.properties,
      'idempotency-key': {
        type: 'string',
        pattern: '^[\\x21-\\x7e]+$',
        maxLength: apiLimits.idempotencyKeyCharacters,
        description:
          'Sent again with the same key, the same request makes nothing more and is answered the same.',
        examples: ['8e03978e-40d5-43dd-bc93-6894a57f9324'],
      },
    },
  }
}
