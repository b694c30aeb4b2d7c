import type { Stream } from '@libp2p/interface'
import { encode } from 'it-length-prefixed'
import { FocalpointError, type Frame, type FrameOf, type Frontier, frameBytes, limits } from '#protocol'
import { emptyFrontier, helloFrame } from './answer.ts'
import { DocumentReader } from './documents.ts'
import { readFrames } from './frames.ts'
import type { NetworkGate, NetworkServe, RegistryView, Versions } from './options.ts'
import { PageIntake } from './pages.ts'
import { asError, drained } from './streams.ts'

export interface Asking {
  /** The member whose node is asked. */
  from: string
  /** The channels asked for: joined by us and by the member asked. */
  channels: readonly string[]
  idleMs: number
  registry: RegistryView
  gate: NetworkGate
  serve: NetworkServe
  onHello(member: string, versions: Versions): void
  onFrontier(member: string, frontier: Frontier): void
  /** Newer documents were refused here; the notices are taken all the same. */
  onDocumentsRefused(member: string, error: unknown): void
}

/** How far a round came; what was admitted is durable, also where it was cut. */
export interface Round {
  admitted: number
  /** Held already, or kept as void. */
  held: number
  refused: number
  /** Why it ended early. */
  failure?: Error
}

/** The other side ended the stream and said why. */
class AnsweredError extends Error {
  override readonly name = 'AnsweredError'
  readonly code: string

  constructor({ code, detail }: FrameOf<'error'>) {
    super(`The other node ended catch-up: ${code}. ${detail}`)
    this.code = code
  }
}

/** Asks for all that we lack and takes it in; the stream is closed or aborted at the end. */
export async function ask(stream: Stream, asking: Asking): Promise<Round> {
  const { from, channels, gate } = asking
  const intake = new PageIntake({ page: gate.page.bind(gate), from, channels })
  const failure = await failureOf(async () => {
    await send(stream, askFrames(asking), asking)
    await takeAnswer(readFrames(stream, asking), { intake, asking })
  })
  const unsettled = await failureOf(() => intake.settled())
  await leave(stream, failure ?? unsettled)
  const { admitted, held, refused } = intake
  const ended = failure ?? unsettled
  return { admitted, held, refused, ...(ended && { failure: ended }) }
}

/** Sends frames and leaves our half open, which tells the other side that we are still there. */
export async function send(
  stream: Stream,
  frames: readonly Frame[],
  { idleMs }: { idleMs: number },
): Promise<void> {
  for (const bytes of encode(frames.map(frameBytes))) {
    stream.send(bytes)
    await drained(stream, { idleMs })
  }
}

function askFrames({ channels, registry, serve }: Asking): Frame[] {
  const frontier = { ...emptyFrontier(channels), ...serve.asking(channels) }
  const want = serve.wanted().slice(0, limits.wantedIdsPerSync)
  return [helloFrame(registry.versions()), { frame: 'ask', frontier, want: [...want] }]
}

async function takeAnswer(
  frames: AsyncIterable<Frame>,
  { intake, asking }: { intake: PageIntake; asking: Asking },
): Promise<void> {
  const documents = new DocumentReader()
  for await (const frame of frames) {
    if (frame.frame === 'end') return
    if (frame.frame === 'error') throw new AnsweredError(frame)
    if (frame.frame === 'document') documents.read(frame)
    else if (frame.frame === 'hello') await takeHello(frame, documents, asking)
    else if (frame.frame === 'stop')
      await asking.gate.evidence.stop(frame.text, { from: asking.from, isGossip: false })
    else if (frame.frame === 'frontier') takeFrontier(frame, asking)
    else if (frame.frame === 'page') await intake.take(frame.notices)
    else throw unexpected(`a frame "${frame.frame}" in an answer`)
  }
  throw unexpected('no last frame')
}

/** The documents come first, so that the keys of the notices that follow are known. */
async function takeHello(
  hello: FrameOf<'hello'>,
  documents: DocumentReader,
  { from, registry, onHello, onDocumentsRefused }: Asking,
): Promise<void> {
  const newer = documents.takeAll()
  if (newer.length > 0) {
    try {
      await registry.adopt(newer)
    } catch (error) {
      onDocumentsRefused(from, error)
    }
  }
  onHello(from, hello)
}

function takeFrontier({ frontier }: FrameOf<'frontier'>, { from, channels, onFrontier }: Asking): void {
  const unasked = Object.keys(frontier).find(channel => !channels.includes(channel))
  if (unasked !== undefined) {
    throw new FocalpointError(
      'channel-not-joined',
      `${from} answered for "${unasked}", which was not asked for.`,
      {
        channel: unasked,
      },
    )
  }
  onFrontier(from, frontier)
}

async function leave(stream: Stream, failure: Error | undefined): Promise<void> {
  if (failure) stream.abort(failure)
  else await stream.close({ signal: AbortSignal.timeout(1_000) }).catch(error => stream.abort(asError(error)))
}

async function failureOf(task: () => Promise<void>): Promise<Error | undefined> {
  try {
    await task()
    return undefined
  } catch (error) {
    return asError(error)
  }
}

function unexpected(what: string): FocalpointError<'frame-malformed'> {
  return new FocalpointError('frame-malformed', `There was ${what}.`, { what })
}
