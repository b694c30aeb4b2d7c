import type { Stream } from '@libp2p/interface'
import { FocalpointError, type Frame, type FrameOf } from '#protocol'
import { documentFrames } from './documents.ts'
import { errorFrame, readFrames, writeFrames } from './frames.ts'
import type { NetworkServe, RegistryView, Versions } from './options.ts'
import { pagesFrom } from './pages.ts'

export interface Answering {
  /** The channels that we have joined. */
  channels(): readonly string[]
  idleMs: number
  registry: RegistryView
  serve: NetworkServe
  onPoke(member: string, channel: string | undefined): void
  /** What the asking node says of itself. */
  onHello(member: string, versions: Versions): void
  onFrontier(member: string, frontier: FrameOf<'frontier'>['frontier']): void
}

/** Time for the other side to read why. */
const refusalReadMs = 1_000

/**
 * Answers one stream of catch-up. `member` is who the connection was authenticated as: that, and our registry, decide
 * what is given, never what is asked.
 */
export async function answer(stream: Stream, member: string, answering: Answering): Promise<void> {
  const frames = readFrames(stream, answering)
  try {
    const hello = await expect(frames, ['hello'])
    answering.onHello(member, hello)
    const request = await expect(frames, ['ask', 'poke'])
    if (request.frame === 'poke') {
      answering.onPoke(member, request.channel)
      await stream.close()
    } else {
      await writeFrames(stream, answerFrames({ ...answering, member, hello, ask: request }), answering)
    }
  } catch (error) {
    await tell(stream, error, answering)
    throw error
  } finally {
    await frames.return(undefined)
  }
}

interface Answer extends Answering {
  member: string
  hello: FrameOf<'hello'>
  ask: FrameOf<'ask'>
}

async function* answerFrames(answer: Answer): AsyncGenerator<Frame> {
  const { member, hello, ask, registry, serve, onFrontier } = answer
  for (const document of registry.documentsAfter(hello)) yield* documentFrames(document)
  yield helloFrame(registry.versions())
  try {
    const asked = Object.keys(ask.frontier)
    checkJoined(asked, answer)
    onFrontier(member, ask.frontier)
    const channels = asked.filter(channel => answer.channels().includes(channel))
    for (const text of serve.stops(channels)) yield { frame: 'stop', text }
    yield { frame: 'frontier', frontier: { ...emptyFrontier(channels), ...serve.frontier(channels) } }
    const notices = serve.notices({ frontier: ask.frontier, want: ask.want, channels, reader: member })
    for await (const page of pagesFrom(notices)) {
      // Who leaves a channel while we answer gets no further page of it.
      checkJoined(asked, answer)
      yield page
    }
    yield { frame: 'end' }
  } catch (error) {
    yield errorFrame(error)
  }
}

export function helloFrame({ root, members, hash }: Versions): FrameOf<'hello'> {
  return { frame: 'hello', v: 1, root, members, ...(hash !== undefined && { hash }) }
}

/** Names every channel, so that an empty log is told apart from a channel that was not spoken of. */
export function emptyFrontier(channels: readonly string[]): Record<string, Record<string, never>> {
  return Object.fromEntries(channels.map(channel => [channel, {}]))
}

function checkJoined(channels: readonly string[], { member, registry }: Answer): void {
  const channel = channels.find(name => !registry.joined(member, name))
  if (channel === undefined) return
  throw new FocalpointError(
    'channel-not-joined',
    `${member} has not joined the channel "${channel}" by the registry here: fetch the newer registry, or ask without it.`,
    { channel },
  )
}

async function expect<Kind extends Frame['frame']>(
  frames: AsyncGenerator<Frame>,
  kinds: readonly Kind[],
): Promise<FrameOf<Kind>> {
  const { value } = await frames.next()
  if (value && isOf(value, kinds)) return value
  const what = `${value ? `a frame "${value.frame}"` : 'no frame'} where ${kinds.join(' or ')} was due`
  throw new FocalpointError('frame-malformed', `There was ${what}.`, { what })
}

function isOf<Kind extends Frame['frame']>(frame: Frame, kinds: readonly Kind[]): frame is FrameOf<Kind> {
  return kinds.some(kind => kind === frame.frame)
}

/** Answers nothing but why not; what was asked is not even read. */
export async function refuse(stream: Stream, error: FocalpointError, answering: Answering): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  stream.addEventListener('close', () => resolve())
  const timer = setTimeout(() => stream.abort(error), refusalReadMs)
  await tell(stream, error, answering)
  await promise
  clearTimeout(timer)
}

/** The reason of an abort never reaches the other side, so it is said in a frame where the stream still carries one. */
async function tell(stream: Stream, error: unknown, { idleMs }: Answering): Promise<void> {
  if (stream.status !== 'open' || stream.writeStatus !== 'writable') return
  await writeFrames(stream, [errorFrame(error)], { idleMs }).catch(() => {})
}
