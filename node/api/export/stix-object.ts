import { createHash } from 'node:crypto'

/** An object of OASIS STIX 2.1. */
export interface StixObject {
  type: string
  spec_version: '2.1'
  id: string
  [property: string]: unknown
}

/** Ours, and never the one of the standard, which is kept for cyber-observables (section 2.9). */
const namespace = '9dedef82-b4ed-4999-872c-c5e5ea58bbcd'

/** When this mapping was made: the time of what has no time of its own. */
export const mappingTime = '2026-11-22T00:00:00.000Z'

/**
 * Type and id of the object of this type and name in this network: whoever exports the same notice gives it the same
 * id, so that a second export updates and never doubles.
 */
export function identified(named: Record<string, string>, net: string): StixObject {
  const [[type, name] = ['', '']] = Object.entries(named)
  return { type, spec_version: '2.1', id: `${type}--${uuid5(`${net}/${type}/${name}`)}` }
}

/** RFC 9562, section 5.5: the first 16 bytes of SHA-1 with version and variant. */
export function uuid5(name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
