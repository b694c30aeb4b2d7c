import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { Participants } from './participants.ts'

test('a node whose store is gone opens with an empty feed, and holds everything again when it hears from another', async () => {
  const alliance = await Participants.make(2)
  onTestFinished(() => alliance[Symbol.asyncDispose]())
  const [QM, QN] = await alliance.openReady(['QM', 'QN'])
  for (const _ of ['first', 'second']) await QN.issue()
  await eventually(async () => expect(await QM.notices()).toHaveLength(2))
  await alliance.close('QM')
  await rm(join(QM.dataDir, 'store'), { recursive: true })

  const [back] = await alliance.open(['QM'], { isNew: false, isAlone: true })
  expect(await back?.notices()).toEqual([])
  await back?.node.connectTo(QN.node.addresses())
  await eventually(async () => expect(await back?.notices()).toHaveLength(2))
})
