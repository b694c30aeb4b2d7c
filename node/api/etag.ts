import { z } from 'zod'

/** The header of a change that follows a version that was read. */
export const ifMatch = z.looseObject({
  'if-match': z.string().exactOptional().meta({ description: 'The ETag of the version that this follows.' }),
})

export function etagOf({ version }: { version: number }): string {
  return `"${version}"`
}

/**
 * The version that must be held, or none. RFC 9110, section 13.1.1: `*` matches whatever is there; a tag that we never
 * gave matches nothing, and then `changed` says what is thrown.
 */
export function versionAsked(header: string | undefined, changed: () => Error): { version?: number } {
  if (header === undefined || header.trim() === '*') return {}
  const version = /^"(\d{1,9})"$/.exec(header.trim())?.[1]
  if (version === undefined) throw changed()
  return { version: Number(version) }
}
