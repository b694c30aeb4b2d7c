import { expect, test } from 'vitest'
import { BackOff, type Guessed } from '../../../node/sign-in/back-off.ts'

const start = 1_800_000_000
const heron: Guessed = { person: 'heron' }

function waitAfter(
  backOff: BackOff,
  guessed: Guessed,
  o: { address: string | undefined; now: number },
): number {
  try {
    backOff.check(guessed, o)
    return 0
  } catch (error) {
    return (error as { details: { retryAfterSeconds: number } }).details.retryAfterSeconds
  }
}

test('the wait doubles from a minute to an hour, and after a hundred tries only a link ends it', () => {
  const backOff = new BackOff({ held: [], changed: () => {} })
  const waits: number[] = []
  for (let tries = 1; tries <= 12; tries++) {
    backOff.count(heron, { address: undefined, now: start })
    waits.push(waitAfter(backOff, heron, { address: undefined, now: start }) / 60)
  }
  expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60])
  for (let tries = 13; tries <= 100; tries++) backOff.count(heron, { address: undefined, now: start })
  expect(waitAfter(backOff, heron, { address: undefined, now: start + 10 * 365 * 86_400 })).toBe(3600)
  backOff.reset('heron')
  expect(waitAfter(backOff, heron, { address: undefined, now: start })).toBe(0)
})

test('an address that tries many names waits, though it knows one password, until an hour has passed', () => {
  const backOff = new BackOff({ held: [], changed: () => {} })
  const address = '192.0.2.1'
  for (let tries = 0; tries < 20; tries++) {
    backOff.count({ nameHash: `${tries}` }, { address, now: start })
    backOff.count(heron, { address, now: start })
    backOff.succeeded('heron', { address })
  }
  expect(waitAfter(backOff, { nameHash: 'another' }, { address, now: start })).toBe(60)
  expect(waitAfter(backOff, { nameHash: 'another' }, { address: '192.0.2.2', now: start })).toBe(0)
  expect(waitAfter(backOff, { nameHash: 'another' }, { address, now: start + 3600 })).toBe(0)
})

test('addresses of one IPv6 /64 wait together, and an IPv4 address is the same in its IPv6 form', () => {
  const backOff = new BackOff({ held: [], changed: () => {} })
  const waits = (address: string) => waitAfter(backOff, { nameHash: 'another' }, { address, now: start })
  for (let tries = 0; tries < 20; tries++) {
    const address = tries % 2 === 0 ? `2001:db8:1:2::${tries + 1}` : `2001:db8:1:2:ffff:0:0:${tries}`
    backOff.count({ nameHash: `${tries}` }, { address, now: start })
    backOff.count({ nameHash: `4-${tries}` }, { address: '::ffff:192.0.2.1', now: start })
  }
  expect(['2001:db8:1:2:a::', '2001:db8:1:3::1', '192.0.2.1', '192.0.2.2'].map(waits)).toEqual([60, 0, 60, 0])
})
