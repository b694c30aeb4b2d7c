import type { Connection, Stream } from '@libp2p/interface'
import { expect, it } from 'vitest'
import { type Frame, syncProtocolOf } from '#protocol'
import { send } from '../../../node/network/ask.ts'
import { readFrames } from '../../../node/network/frames.ts'
import { eventually } from '../../eventually.ts'
import { Alliance, addressesOf, logsWith } from './alliance.ts'

const idleMs = 5_000
const hello: Frame = { frame: 'hello', v: 1, root: 1, members: 1 }
const ask: Frame = { frame: 'ask', frontier: { torture: {} }, want: [] }

it('tells a member that asks on too many streams at once to come back, and answers the others', async () => {
  await using alliance = new Alliance()
  const { connection, protocol } = await hostileTo(alliance)
  const streams: Stream[] = []
  for (let at = 0; at < 5; at += 1) {
    streams.push(await connection.newStream(protocol))
    // Nobody asks on it yet, so that it stays under way.
    await send(streams[at] as Stream, [hello], { idleMs })
  }
  expect(await framesOf(streams.at(-1) as Stream)).toMatchObject([{ frame: 'error', code: 'queue-full' }])
  await send(streams[0] as Stream, [ask], { idleMs })
  expect((await framesOf(streams[0] as Stream)).at(-1)).toEqual({ frame: 'end' })
})

it('tells a member that asks again and again to come back', async () => {
  await using alliance = new Alliance()
  const { connection, protocol } = await hostileTo(alliance)
  const last = new Set<string>()
  for (let round = 0; round < 300 && !last.has('error'); round += 1) {
    const stream = await connection.newStream(protocol)
    await send(stream, [hello, ask], { idleMs }).catch(() => {})
    last.add((await framesOf(stream)).at(-1)?.frame ?? '')
    await stream.close()
  }
  expect([...last]).toEqual(['end', 'error'])
})

it('resets streams of one connection above its number, and the others work on', async () => {
  await using alliance = new Alliance()
  const { connection, protocol } = await hostileTo(alliance)
  const streams = await Promise.all(Array.from({ length: 12 }, () => connection.newStream(protocol)))
  const reset = () => streams.filter(({ status }) => status === 'reset' || status === 'aborted')
  await eventually(() => expect(reset()).toHaveLength(4))
  expect(connection.status).toBe('open')
})

async function hostileTo(alliance: Alliance): Promise<{ connection: Connection; protocol: string }> {
  await alliance.add('QN')
  const hostile = await alliance.openHostile('QN')
  await alliance.open('QM', { logs: logsWith(3), peers: addressesOf(hostile) })
  return eventually(() => {
    const [connection] = hostile.getConnections()
    if (connection === undefined) throw new Error('not connected yet')
    return { connection, protocol: syncProtocolOf(alliance.net) }
  })
}

async function framesOf(stream: Stream): Promise<Frame[]> {
  const frames: Frame[] = []
  for await (const frame of readFrames(stream, { idleMs })) {
    frames.push(frame)
    if (frame.frame === 'end' || frame.frame === 'error') break
  }
  return frames
}
