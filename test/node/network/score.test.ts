import { expect, it } from 'vitest'
import { topicsOf } from '#protocol'
import { scoreParamsOf } from '../../../node/network/score.ts'
import { Alliance, addressesOf } from './alliance.ts'

it('has params for every topic, and holds quiet against nobody', async () => {
  const { channels, registry, evidence, beacons } = topicsOf('a'.repeat(52))
  const topics = [...Object.values(channels), registry, evidence, beacons]
  const params = scoreParamsOf(topics)
  expect(Object.keys(params.topics ?? {})).toEqual(topics)
  for (const topic of Object.values(params.topics ?? {})) {
    expect(topic.meshMessageDeliveriesWeight).toBe(0)
    expect(topic.meshFailurePenaltyWeight).toBe(0)
    expect(topic.invalidMessageDeliveriesWeight).toBeLessThan(0)
  }
})

it('sends what is meant for one peer to that peer alone', async () => {
  await using alliance = new Alliance()
  const node = await alliance.openHostile('QN')
  expect(addressesOf(node)).not.toEqual([])
  // Without it `publish()` sends a PRUNE for one peer to all.
  expect(node.services.pubsub).toHaveProperty('opts.batchPublish', true)
})
