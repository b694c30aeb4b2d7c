import { channelNames } from '#protocol'
import type { Gate } from './admit.ts'
import type { Logger } from './core.ts'
import type { Checked } from './store/check/checked.ts'

/** Texts that pass the gate together. */
const noticesPerPage = 256

export interface Refilling {
  /** Stores that were set aside. */
  refills: Checked['refills']
  gate: Pick<Gate, 'page'>
  member: string
  /** The channels joined. */
  channels: () => readonly string[]
  log: Logger
}

/** Tells what was found, and gives the notices that could be read to the gate: by no other road does one enter a log. */
export async function refillStore({ refills, gate, member, channels, log }: Refilling): Promise<void> {
  for (const { found, folder, lost, notices, done } of refills) {
    log.error(
      { state: found.state, what: found.what, folder, lost },
      found.state === 'emptied'
        ? 'the store was emptied; a new one is filled again'
        : 'the store was damaged and is set aside; a new one is filled again',
    )
    const by = {
      from: member,
      channels: [...new Set([...channelNames, ...channels()])],
      road: 'import',
    } as const
    const counted = { admitted: 0, refused: 0 }
    let page: string[] = []
    const take = async () => {
      const { admitted, refused } = await gate.page(page, by)
      counted.admitted += admitted
      counted.refused += refused
      page = []
    }
    for await (const text of notices()) {
      page.push(text)
      if (page.length === noticesPerPage) await take()
    }
    if (page.length > 0) await take()
    await done({ notices: counted })
    log.info({ folder, ...counted }, 'what could be read of the old store was taken over')
  }
}
