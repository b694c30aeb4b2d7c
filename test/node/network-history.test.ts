import { expect, test } from 'vitest'
import type { ParticipantView } from '../../node/desk/desk.ts'
import type { PeerStatus } from '../../node/desk/peer-status.ts'
import { openNetworkHistory } from '../../node/network-history.ts'
import { openStore } from '../../node/store/index.ts'
import { removeFolder, temporaryFolder, temporaryStore } from './store/builders.ts'

const hour = 3600

function participant(status: PeerStatus, behindBy = 0): ParticipantView {
  return { member: 'QN', names: {}, status, connected: true, behindBy, keys: [] }
}

test('what lasts from one look to the next is the word of the hour, and a moment is not', async () => {
  await using store = await temporaryStore()
  let seen = participant('not heard')
  const network = () => ({ participants: [seen] })
  const history = openNetworkHistory({ store, network, now: () => 10 * hour })
  const look = async (status: PeerStatus, behindBy = 0) => {
    seen = participant(status, behindBy)
    await history.look()
    return history.hours().at(-1)?.members.QN
  }
  expect(await look('not heard')).toBeUndefined()
  expect(await look('up to date')).toEqual({ status: 'up to date', behindBy: 0 })
  expect(await look('catching up', 3)).toEqual({ status: 'up to date', behindBy: 0 })
  expect(await look('catching up', 2)).toEqual({ status: 'catching up', behindBy: 2 })
  expect(await look('up to date')).toEqual({ status: 'catching up', behindBy: 2 })
})

test('forty-eight hours are kept, over a restart too, and an hour without this node is missing', async () => {
  const dir = await temporaryFolder()
  let now = 0
  const network = () => ({ participants: [participant('up to date')] })
  {
    await using store = await openStore({ dir })
    const history = openNetworkHistory({ store, network, now: () => now })
    for (now = 0; now < 60 * hour; now += hour) {
      await history.look()
      await history.look()
    }
    expect(store.networkHours.list().length).toBe(48)
  }
  now = 62 * hour
  await using store = await openStore({ dir })
  const hours = openNetworkHistory({ store, network, now: () => now }).hours()
  expect(hours.length).toBe(45)
  expect(hours.at(-1)).toEqual({
    from: new Date(59 * hour * 1000).toISOString(),
    members: { QN: { status: 'up to date', behindBy: 0 } },
  })
  await removeFolder(dir)
})
