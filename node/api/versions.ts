import { z } from 'zod'

/** RFC 9110, section 8.8.3: the version of what is there, and whatever else of it changes by itself. */
export function etagOf({ version }: { version: number }, ...others: number[]): string {
  return `"${[version, ...others].join('.')}"`
}

export const ifMatch = z.looseObject({
  'if-match': z.string().exactOptional().meta({ description: 'The ETag of the version that this follows.' }),
})

/**
 * RFC 9110, section 13.1.1: `*` matches whatever is there; a tag that we never gave matches nothing. Only the version
 * counts: what changes by itself is nothing that anybody could overwrite.
 */
export function versionAsked(header: string | undefined, changed: () => Error): { version?: number } {
  if (header === undefined || header.trim() === '*') return {}
  const version = /^"(\d{1,9})(?:\.\d+)*"$/.exec(header.trim())?.[1]
  if (version === undefined) throw changed()
  return { version: Number(version) }
}
