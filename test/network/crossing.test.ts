import { expect, it, vi } from 'vitest'
import { exampleDraft, Participants } from './participants.ts'

const everybody = ['QM', 'QN', 'XD', 'XE', 'XF', 'XH']
const patience = { timeout: 15_000, interval: 50 }

it('takes a denial, an alert and a sighting from one node to all six, verified', async () => {
  await using alliance = await Participants.make()
  const nodes = await alliance.open(everybody)
  const [first] = nodes
  if (first === undefined) throw new TypeError('no node')
  await vi.waitFor(() => expect(first.node.desk.network().signing.state).toBe('ready'), patience)
  const issued = []
  for (const type of ['denial', 'alert', 'sighting']) issued.push(await first.issue(exampleDraft(type)))
  for (const { notices } of nodes) {
    await vi.waitFor(async () => {
      const held = await notices()
      expect(held.map(({ id, standing }) => ({ id, standing }))).toEqual(
        issued.map(({ id }) => ({ id, standing: 'verified' })),
      )
    }, patience)
  }
  await vi.waitFor(async () => {
    const held = await first.notices()
    expect(held.map(({ status, heldBy }) => ({ status, heldBy }))).toEqual(
      issued.map(() => ({ status: 'held by all', heldBy: { count: 6, of: 6, missing: [] } })),
    )
  }, patience)
})
