import { expect, it } from 'vitest'
import { syncProtocolOf, topicsOf } from '../../protocol/topics.ts'

const net = 'a'.repeat(52)

it('every topic and protocol id holds the name of the network', () => {
  expect(topicsOf(net)).toEqual({
    channels: { torture: `/focalpoint/1/${net}/torture` },
    registry: `/focalpoint/1/${net}/registry`,
    evidence: `/focalpoint/1/${net}/evidence`,
    beacons: `/focalpoint/1/${net}/beacons`,
  })
  expect(syncProtocolOf(net)).toBe(`/focalpoint/1/${net}/sync`)
})

it('an opt-in channel has no topic', () => {
  expect(topicsOf(net).channels.capital).toBeUndefined()
})
