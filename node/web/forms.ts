import { parse } from 'node:querystring'
import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { FocalpointError } from '#protocol'
import { webLimits } from './limits.ts'

/** Forms without a file, and what stands in an address: counted before anything is made of their fields. */
export async function takeForms(app: FastifyInstance): Promise<void> {
  await app.register(formbody, { bodyLimit: webLimits.formBytes, parser: parseForm })
  app.addHook('onRequest', async ({ url }) => {
    if (fieldsIn(url) > webLimits.queryFields) throw tooManyIn('This address', webLimits.queryFields)
  })
}

function parseForm(text: string): Record<string, unknown> {
  if (fieldsIn(text) > webLimits.formFields) throw tooManyIn('This form', webLimits.formFields)
  return parse(text, '&', '=', { maxKeys: 0 })
}

function fieldsIn(text: string): number {
  let count = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) count += 1
  return count
}

function tooManyIn(what: string, most: number): FocalpointError<'request-malformed'> {
  const detail = `${what} has more than ${most} fields: leave some out.`
  return new FocalpointError('request-malformed', detail, {
    errors: [{ pointer: '', code: 'too-much', detail }],
  })
}
