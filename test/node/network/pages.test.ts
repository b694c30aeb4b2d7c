import { expect, it } from 'vitest'
import { frameBytes, limits } from '#protocol'
import { PageIntake, pagesFrom } from '../../../node/network/pages.ts'

it('packs notices in order into pages that fit, without reading far ahead', async () => {
  let read = 0
  function* notices() {
    for (; read < 2_000; read += 1) yield `${read}`.padEnd(1_500, '-')
  }
  let sent = 0
  for await (const page of pagesFrom(notices())) {
    expect(frameBytes(page).byteLength).toBeLessThanOrEqual(limits.frameBytes)
    for (const notice of page.notices) {
      expect(Number.parseInt(notice, 10)).toBe(sent)
      sent += 1
    }
    expect((read - sent) * 1_500).toBeLessThan(limits.frameBytes)
  }
  expect(sent).toBe(2_000)
})

it('packs small notices by their number, and one large one alone', async () => {
  const sizes: number[] = []
  for await (const page of pagesFrom([...Array(600).fill('a'), 'b'.repeat(limits.noticeBytes)])) {
    sizes.push(page.notices.length)
  }
  expect(sizes).toEqual([512, 89])
})

it('has no page for no notice', async () => {
  for await (const page of pagesFrom([])) expect(page).toBeUndefined()
})

it('hands pages on as they come, in order, and waits while the gate has much in hand', async () => {
  const pages: string[] = []
  const waiting: (() => void)[] = []
  const page = async (texts: readonly string[]) => {
    pages.push(texts[0]?.slice(0, 1) ?? '')
    await new Promise<void>(resolve => waiting.push(resolve))
    return { admitted: texts.length, held: 0, refused: 0 }
  }
  const intake = new PageIntake({ page, from: 'QN', channels: ['torture'] })
  await intake.take(['a'])
  await intake.take(['b', 'b'])
  expect(pages).toEqual(['a', 'b'])
  let isTaken = false
  const large = intake.take(['c'.repeat(limits.syncInFlightBytes)]).then(() => {
    isTaken = true
  })
  for (const done of waiting.splice(0, 2)) done()
  await new Promise(resolve => setImmediate(resolve))
  expect(isTaken).toBe(false)
  for (const done of waiting) done()
  await large
  await intake.settled()
  expect(pages).toEqual(['a', 'b', 'c'])
  expect(intake.admitted).toBe(4)
})

it('throws what the gate threw, and hands it nothing more', async () => {
  let calls = 0
  const page = async () => {
    calls += 1
    throw new Error('the disk is full')
  }
  const intake = new PageIntake({ page, from: 'QN', channels: ['torture'] })
  await intake.take(['a']).catch(() => {})
  await expect(intake.settled()).rejects.toThrow('the disk is full')
  await expect(intake.take(['b'])).rejects.toThrow('the disk is full')
  expect(calls).toBe(1)
})
