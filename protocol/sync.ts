import { z } from 'zod'
import { FocalpointError } from './errors.ts'
import { frontierForm } from './frontier.ts'
import { limits } from './limits.ts'
import { patterns } from './patterns.ts'

/** A registry document and its signatures, as text pieces of at most a frame each. */
const documentPiece = z.strictObject({
  frame: z.literal('document'),
  kind: z.enum(['root', 'members']),
  version: z.int().min(1),
  piece: z.int().min(0),
  pieces: z.int().min(1).max(32),
  text: z.string(),
})

/**
 * The frames of catch-up, one JSON text each, prefixed by its length (unsigned varint).
 * Asking:    hello → ask            (one ask a stream), or poke: "I have something for you, come and ask"
 * Answering: document*, hello → stop* → frontier → page* → end, or error at any time.
 */
const frameForms = [
  /** Who is behind in the registry is sent its documents first. */
  z.strictObject({
    frame: z.literal('hello'),
    v: z.int().min(1),
    root: z.int().min(1),
    members: z.int().min(1),
    /** Of the members document's text. */
    hash: z.string().regex(patterns.digest).exactOptional(),
  }),
  documentPiece,
  z.strictObject({
    frame: z.literal('ask'),
    frontier: frontierForm,
    /** Notices whose parts are still missing here. */
    want: z.array(z.string().regex(patterns.digest)).max(limits.wantedIdsPerSync),
  }),
  z.strictObject({ frame: z.literal('poke'), channel: z.string().regex(patterns.name).optional() }),
  /** A member's word that a key of its is trusted no further, as a signed document. */
  z.strictObject({ frame: z.literal('stop'), text: z.string().max(limits.stopBytes) }),
  z.strictObject({ frame: z.literal('frontier'), frontier: frontierForm }),
  /** Notices in log order; a log's notices may run over many pages. */
  z.strictObject({ frame: z.literal('page'), notices: z.array(z.string()).max(limits.noticesPerSyncPage) }),
  z.strictObject({ frame: z.literal('end') }),
  /** Why the stream ends here: the reason of a reset never reaches the other side. */
  z.strictObject({ frame: z.literal('error'), code: z.string().max(64), detail: z.string().max(400) }),
] as const
const frameForm = z.discriminatedUnion('frame', frameForms)
export type Frame = z.infer<typeof frameForm>
export type FrameOf<Kind extends Frame['frame']> = Extract<Frame, { frame: Kind }>

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

export function frameBytes(frame: Frame): Uint8Array {
  return encoder.encode(JSON.stringify(frame))
}

/** Reads one frame of a stranger. Throws `frame-malformed`. */
export function parseFrame(bytes: Uint8Array): Frame {
  if (bytes.byteLength > limits.frameBytes) throw malformed('larger than a frame may be')
  let value: unknown
  try {
    value = JSON.parse(decoder.decode(bytes))
  } catch {
    throw malformed('no JSON')
  }
  const parsed = frameForm.safeParse(value)
  if (!parsed.success) throw malformed(parsed.error.issues[0]?.message ?? 'not of its form')
  return parsed.data
}

/** Room in a page for its own words. */
const pageOverheadBytes = 64

/** Packs notices, in their order, into pages that fit a frame. */
export function* pagesOf(notices: Iterable<string>): Generator<FrameOf<'page'>> {
  let page: string[] = []
  let bytes = pageOverheadBytes
  for (const notice of notices) {
    const size = notice.length + 3
    if (page.length === limits.noticesPerSyncPage || (page.length > 0 && bytes + size > limits.frameBytes)) {
      yield { frame: 'page', notices: page }
      page = []
      bytes = pageOverheadBytes
    }
    page.push(notice)
    bytes += size
  }
  if (page.length > 0) yield { frame: 'page', notices: page }
}

function malformed(what: string): FocalpointError<'frame-malformed'> {
  return new FocalpointError('frame-malformed', `This frame is ${what}.`, { what })
}
