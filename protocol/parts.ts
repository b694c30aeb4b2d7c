import { decodeText, encodeText } from './base64url.ts'
import { canonical, type Json, parseCanonical } from './canonical.ts'
import type { Envelope } from './envelope.ts'
import { FocalpointError } from './errors.ts'
import { limits } from './limits.ts'
import { patterns } from './patterns.ts'
import { sha256 } from './sha256.ts'

/** A disclosure (RFC 9901, section 4.2): content that can be withheld or erased while the signature still holds. */
export interface Part {
  name: string
  value: Json
  /** base64url(JCS([salt, name, value])) as it travels. */
  text: string
  /** base64url(SHA-256(text)), as listed in the envelope's `_sd`. */
  digest: string
}

/** Makes a part; `salt` is 16 fresh random bytes in base64url. Throws `part-too-large`. */
export function makePart(name: string, value: Json, salt: string): Part {
  const text = encodeText(canonical([salt, name, value]))
  if (text.length > limits.partBytes) {
    throw new FocalpointError(
      'part-too-large',
      `The part "${name}" has more than ${limits.partBytes} bytes once encoded.`,
      {
        name,
        bytes: text.length,
        limit: limits.partBytes,
      },
    )
  }
  return { name, value, text, digest: sha256(text) }
}

/** Reads one disclosure. Throws `part-malformed`, `text-not-canonical`, `payload-not-canonical`, `payload-too-deep`. */
export function parsePart(text: string): Part {
  if (text.length > limits.partBytes) throw malformed(`larger than ${limits.partBytes} bytes`)
  const disclosure = parseCanonical(decodeText(text))
  if (!Array.isArray(disclosure) || disclosure.length !== 3) throw malformed('no array of three')
  const [salt, name, value] = disclosure
  if (typeof salt !== 'string' || !patterns.salt.test(salt))
    throw malformed('salted with other than 128 bits')
  if (typeof name !== 'string' || !patterns.name.test(name)) throw malformed('not named as parts are')
  return { name, value: value ?? null, text, digest: sha256(text) }
}

/** Refuses a part that the envelope did not commit to under this name. RFC 9901, section 7.1: every digest must be found. */
export function checkCommitted(envelope: Envelope, part: Part): void {
  if (Object.hasOwn(envelope.parts, part.name) && envelope.parts[part.name]?.digest === part.digest) return
  throw new FocalpointError('part-not-committed', `The issuer did not sign this part "${part.name}".`, {
    name: part.name,
  })
}

/** Whether everyone in the channel may have this part; an unknown audience counts as named readers. */
export function isForChannel(envelope: Envelope, name: string): boolean {
  return envelope.parts[name]?.to === 'channel'
}

/** The parts that everyone in the channel may have, in name order. */
export function channelPartNames(envelope: Envelope): string[] {
  return partNames(envelope).filter(name => isForChannel(envelope, name))
}

/** All names of parts, in the order in which they travel. */
export function partNames(envelope: Envelope): string[] {
  return Object.keys(envelope.parts).sort()
}

function malformed(what: string): FocalpointError<'part-malformed'> {
  return new FocalpointError('part-malformed', `This part is ${what}.`, { what })
}
