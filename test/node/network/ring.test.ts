import { expect, it } from 'vitest'
import { ringNeighbours } from '../../../node/network/ring.ts'

const members = Array.from({ length: 62 }, (_, index) => `DEMO${100 + index}`)

it('wants every other member, and not itself', () => {
  for (const own of [members[0] ?? '', members[30] ?? '', members[61] ?? '']) {
    const wanted = ringNeighbours(own, members)
    expect(new Set(wanted)).toEqual(new Set(members.filter(member => member !== own)))
    expect(wanted).toHaveLength(61)
  }
})

it('begins with the neighbours at powers of two', () => {
  expect(ringNeighbours('D', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])).toEqual([
    'E',
    'C',
    'F',
    'B',
    'H',
    'G',
    'A',
  ])
})

it('makes one connected graph when each keeps to the first ten, each pair wanting the other alike', () => {
  const wants = new Map(
    members.map(member => [member, new Set(ringNeighbours(member, members).slice(0, 10))]),
  )
  for (const [member, wanted] of wants) for (const other of wanted) expect(wants.get(other)).toContain(member)
  const reached = new Set([members[0] ?? ''])
  for (const member of reached) for (const other of wants.get(member) ?? []) reached.add(other)
  expect(reached.size).toBe(62)
})

it('has nobody to want alone', () => {
  expect(ringNeighbours('QM', ['QM'])).toEqual([])
})
