import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { type Delivering, deliveryOptions } from '../../node/deliver.ts'
import { admit, newLog, temporaryStore } from './store/builders.ts'

test('a receiver is not told who answered a notice under seal', async () => {
  await using store = await temporaryStore()
  const [about, open] = newLog(2, { issuer: 'QN' })
  const [sealed] = newLog(1, { issuer: 'XD', type: 'sealed' })
  if (!about || !open || !sealed) throw new TypeError('no notices')
  await admit(store, [about, open, sealed])
  const referredToBy = [open, sealed].map(({ envelope: { id, issuer } }) => ({ id, issuer, rel: 'follows' }))
  const viewer = { view: async () => ({ referredToBy }) }
  const delivering = { store, types: noticeTypes, viewer, metrics: { count: () => {} } }
  const { notices } = deliveryOptions(delivering as unknown as Delivering)
  expect(await notices.view(about.envelope.id, { nominal: false })).toEqual({
    referredToBy: [expect.objectContaining({ id: open.envelope.id })],
  })
})
