import { sha256 } from '#protocol'
import type { App } from './app.ts'

/**
 * Whoever has an answer already is told so instead of sent it again (RFC 9110, sections 8.8.3 and 13.1.2). The tag is
 * strong: a hash of the very bytes, unless the route gave one of its own. Streams have none.
 */
export function answerConditionally(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string') return payload
    const tag = String(reply.getHeader('etag') ?? `"${sha256(payload)}"`)
    reply.header('etag', tag)
    if (!isAmong(request.headers['if-none-match'], tag)) return payload
    reply.code(304).removeHeader('content-type').removeHeader('content-length')
    // Fastify measures what HEAD would have been sent, and cannot measure null.
    return request.method === 'HEAD' ? '' : null
  })
}

/** Compared weakly, as the RFC has it for this header: `W/` does not count. */
function isAmong(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  const tags = header.split(',').map(each => each.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(tag)
}
