import type { FastifyReply, FastifyRequest } from 'fastify'

/** RFC 8288: where the next page is; the same address with another cursor. */
export function linkNext(
  { url }: FastifyRequest,
  reply: FastifyReply,
  { name, cursor }: { name: 'cursor' | 'after'; cursor: number | string },
): void {
  const [path, query = ''] = url.split('?')
  const next = new URLSearchParams(query)
  next.set(name, String(cursor))
  reply.header('link', `<${path}?${next}>; rel="next"`)
}
