import { expect, it } from 'vitest'
import { limits } from '#protocol'
import { GateQueue } from '../../../node/network/gate-queue.ts'

it('judges one at a time for each sender, in order of arrival', async () => {
  const queue = new GateQueue()
  const ended: number[] = []
  let atOnce = 0
  let mostAtOnce = 0
  const tasks = [5, 1, 3].map((turns, index) =>
    queue.enter('QM', 1, async () => {
      atOnce += 1
      mostAtOnce = Math.max(mostAtOnce, atOnce)
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
      atOnce -= 1
      ended.push(index)
    }),
  )
  await Promise.all(tasks)
  expect(ended).toEqual([0, 1, 2])
  expect(mostAtOnce).toBe(1)
})

it('has no room when too many of one sender wait, and room again when they are done', async () => {
  const queue = new GateQueue()
  const { promise, resolve } = Promise.withResolvers<void>()
  for (let index = 0; index < limits.gateQueuePerPeer; index += 1) queue.enter('QM', 1, () => promise)
  expect(queue.enter('QM', 1, () => promise)).toBeUndefined()
  expect(await queue.enter('QN', 1, async () => 'judged')).toBe('judged')
  resolve()
  await queue.settled()
  expect(await queue.enter('QM', 1, async () => 'judged')).toBe('judged')
})

it('has no room for more bytes of one sender than may wait, however few its texts are', async () => {
  const queue = new GateQueue()
  const { promise, resolve } = Promise.withResolvers<void>()
  const half = 2 * 1024 * 1024
  expect(queue.enter('QM', half, () => promise)).toBeDefined()
  expect(queue.enter('QM', half, () => promise)).toBeDefined()
  expect(queue.enter('QM', 1, () => promise)).toBeUndefined()
  expect(queue.waiting('QM')).toBe(2)
  resolve()
  await queue.settled()
  expect(await queue.enter('QM', half, async () => 'judged')).toBe('judged')
})

it('goes on after a judgement that failed', async () => {
  const queue = new GateQueue()
  const failed = queue.enter('QM', 1, async () => {
    throw new Error('no store')
  })
  await expect(failed).rejects.toThrow('no store')
  expect(await queue.enter('QM', 1, async () => 'judged')).toBe('judged')
})
