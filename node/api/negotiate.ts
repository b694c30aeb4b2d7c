import type { FastifyRequest } from 'fastify'
import { FocalpointError } from '#protocol'

/** Which of these media types the caller wants most (RFC 9110, section 12.5.1). Throws `not-acceptable`. */
export function negotiate<Type extends string>(
  { headers }: FastifyRequest,
  offered: readonly [Type, ...Type[]],
): Type {
  const ranges = parseAccept(headers.accept)
  if (ranges.length === 0) return offered[0]
  const [best] = offered
    .map(type => ({ type, ...bestFit(type, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || b.closeness - a.closeness)
  if (best) return best.type
  throw new FocalpointError('not-acceptable', `This is available as ${offered.join(' and ')}.`, {
    accept: String(headers.accept),
  })
}

interface Range {
  type: string
  quality: number
}

function parseAccept(header: string | undefined): Range[] {
  return (header ?? '').split(',').flatMap(each => {
    const [type = '', ...parameters] = each.split(';').map(text => text.trim().toLowerCase())
    const quality = parameters.find(text => text.startsWith('q='))?.slice(2)
    return type === '' ? [] : [{ type, quality: quality === undefined ? 1 : Number(quality) || 0 }]
  })
}

/** The closest range decides: the type itself before `type/*` before `*`+`/*`. */
function bestFit(type: string, ranges: Range[]): { quality: number; closeness: number } {
  const patterns = ['*/*', `${type.split('/')[0]}/*`, type]
  for (let closeness = patterns.length - 1; closeness >= 0; closeness--) {
    const range = ranges.find(each => each.type === patterns[closeness])
    if (range) return { quality: range.quality, closeness }
  }
  return { quality: 0, closeness: 0 }
}
