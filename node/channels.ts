import { noticeText, parseNotice } from '#protocol'
import type { LastSignedFiles } from './last-signed.ts'
import type { Operation, Store } from './store/index.ts'

export interface ChannelsOptions {
  net: string
  store: Store
  files: LastSignedFiles
  /** The channels that we have joined, as the registry has it now. */
  joined: () => readonly string[]
  now: () => number
}

/** Notices written at once. */
const batchOf = 256

/**
 * Makes what is held fit the channels that we have joined: of a channel that we left the parts are deleted from every
 * file; of one that we joined again they are looked for. Gives the channels that were left now.
 */
export async function followChannels(options: ChannelsOptions): Promise<string[]> {
  const { store, joined } = options
  const left: string[] = []
  for (const channel of Object.keys(store.notices.heads())) {
    const isLeft = store.channels.isLeft(channel)
    if (joined().includes(channel) && isLeft) await rejoin(channel, options)
    if (joined().includes(channel) || isLeft) continue
    await leave(channel, options)
    left.push(channel)
  }
  return left
}

async function leave(channel: string, { net, store, files, now }: ChannelsOptions): Promise<void> {
  await eachNotice(store, channel, id => store.channels.leaveOps(id, now()))
  await files.replace(channel, record => {
    if (record === undefined || record.notice === null) return undefined
    const { envelope } = parseNotice(record.notice, { net })
    return { ...record, notice: noticeText({ envelope, parts: [] }) }
  })
  await store.write([...store.channels.leftOps(channel), ...store.erasure.unfinishedOps()])
  await store.compact()
}

async function rejoin(channel: string, { store }: ChannelsOptions): Promise<void> {
  await eachNotice(store, channel, id => store.channels.rejoinOps(id))
  await store.write(store.channels.joinedOps(channel))
}

async function eachNotice(
  store: Store,
  channel: string,
  opsOf: (id: string) => readonly Operation[],
): Promise<void> {
  for (const [issuer, [last]] of Object.entries(store.notices.heads()[channel] ?? {})) {
    for (let from = 1; from <= last; from += batchOf) {
      const ids = store.notices.logIds(channel, issuer, from, Math.min(last, from + batchOf - 1))
      await store.write(ids.flatMap(opsOf))
    }
  }
}
