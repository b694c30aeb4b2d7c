import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkThreshold } from '../../../../node/cli/members/threshold.ts'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk

beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

function rotate(...words: string[]): Promise<string> {
  return desk.refusal('members', 'rotate-root', ...words)
}

test('one coordinator of several decides alone only where somebody confirmed it', async () => {
  expect(await rotate('--threshold', '1')).toBe('usage 2')
  expect(await rotate('--threshold', '1', '--threshold-of-one')).toBe('done')
  await expect(checkThreshold([{ id: 'alone' }], { threshold: 1 })).resolves.toBeUndefined()
})

test('no more must sign than there are', async () => {
  const { code, stderr } = await desk.run('members', 'rotate-root', '--threshold', '9')
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('--threshold 9 is more than the 3 coordinators'),
  ])
  expect(await rotate('--threshold', '0')).toBe('usage 2')
  const gone = ['--remove', 'coordinator-2', '--remove', 'coordinator-3']
  expect(await rotate(...gone)).toBe('usage 2')
})
