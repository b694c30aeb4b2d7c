import { type Envelope, parseEnvelope } from './envelope.ts'
import { FocalpointError, isError } from './errors.ts'
import { limits } from './limits.ts'
import { channelPartNames, checkCommitted, isForChannel, type Part, parsePart } from './parts.ts'

/** One signed statement: its envelope and those of its parts that are at hand, in name order. */
export interface Notice {
  envelope: Envelope
  parts: readonly Part[]
}

/** `<compact JWS>~<disclosure>~<disclosure>~`, the text of an SD-JWT (RFC 9901, section 4). */
const textPattern = /^[A-Za-z0-9_.-]+~(?:[A-Za-z0-9_-]+~)*$/

/**
 * Reads a notice as it travels outside gossip: a bad envelope throws, a bad part is dropped and told in `dropped`, for
 * a part can never stop the log.
 */
export function parseNotice(text: string, { net }: { net: string }): Notice & { dropped: FocalpointError[] } {
  const { jws, disclosures } = splitNotice(text)
  const envelope = parseEnvelope(jws, { net })
  const parts: Part[] = []
  const dropped: FocalpointError[] = []
  for (const disclosure of disclosures) {
    try {
      const part = parsePart(disclosure)
      checkCommitted(envelope, part)
      checkOrder(parts, part)
      parts.push(part)
    } catch (error) {
      if (!isError(error)) throw error
      dropped.push(error)
    }
  }
  return { envelope, parts, dropped }
}

/**
 * Reads a notice from gossip, which carries exactly the channel's parts, in name order, each once; bytes alone decide,
 * so a relay that strips or adds a part is found out by all. Adds `channel-differs`, `part-stripped`, `part-exposed`.
 */
export function parseGossip(text: string, { net, channel }: { net: string; channel: string }): Notice {
  const { jws, disclosures } = splitNotice(text)
  const envelope = parseEnvelope(jws, { net })
  if (envelope.channel !== channel) {
    throw new FocalpointError(
      'channel-differs',
      `This notice belongs to the channel "${envelope.channel}".`,
      {
        channel: envelope.channel,
        expected: channel,
      },
    )
  }
  const parts: Part[] = []
  for (const disclosure of disclosures) {
    const part = parsePart(disclosure)
    checkCommitted(envelope, part)
    checkOrder(parts, part)
    if (!isForChannel(envelope, part.name)) throw exposed(part.name)
    parts.push(part)
  }
  for (const name of channelPartNames(envelope)) {
    if (!parts.some(part => part.name === name)) throw stripped(name)
  }
  return { envelope, parts }
}

/** The text that carries this notice with these of its parts. */
export function noticeText({
  envelope,
  parts,
}: {
  envelope: Pick<Envelope, 'jws'>
  parts: readonly Part[]
}): string {
  const ordered = [...parts].sort((a, b) => (a.name < b.name ? -1 : 1))
  return [envelope.jws, ...ordered.map(part => part.text), ''].join('~')
}

function splitNotice(text: string): { jws: string; disclosures: string[] } {
  if (text.length > limits.noticeBytes) {
    throw new FocalpointError('notice-too-large', `A notice has at most ${limits.noticeBytes} bytes.`, {
      bytes: text.length,
      limit: limits.noticeBytes,
    })
  }
  if (!textPattern.test(text)) {
    throw new FocalpointError(
      'text-not-canonical',
      'This is not the one text of a notice: JWS, then parts, each ended by "~".',
      {
        what: 'notice',
      },
    )
  }
  const [jws = '', ...disclosures] = text.slice(0, -1).split('~')
  if (disclosures.length > limits.partsPerNotice) {
    throw new FocalpointError('part-malformed', `A notice has at most ${limits.partsPerNotice} parts.`, {
      what: 'too many parts',
    })
  }
  return { jws, disclosures }
}

function checkOrder(parts: readonly Part[], next: Part): void {
  const last = parts.at(-1)
  if (last === undefined || last.name < next.name) return
  throw new FocalpointError('part-duplicated', 'Parts stand in the order of their names, each once.', {
    name: next.name,
  })
}

function stripped(name: string): FocalpointError<'part-stripped'> {
  return new FocalpointError(
    'part-stripped',
    `The part "${name}" is for the whole channel and was left out.`,
    { name },
  )
}

function exposed(name: string): FocalpointError<'part-exposed'> {
  return new FocalpointError(
    'part-exposed',
    `The part "${name}" is for named readers and never travels by gossip.`,
    {
      name,
    },
  )
}
