import { expect, test } from 'vitest'
import { signersOf } from '../../../../node/cli/keys/signers.ts'
import type { Member, SigningKey } from '../../../../protocol/index.ts'

const kids = { signing: 'old', next: 'new' }
const end = { torture: { seq: 4, id: 'a' } }

function memberWith(...keys: Partial<SigningKey>[]): Member {
  return { channels: ['torture'], signing: keys.map(key => ({ from: { torture: 1 }, ...key })) } as Member
}

test.each([
  { what: 'one key in force', keys: [{ kid: 'old' }], who: 'old' },
  { what: 'one key that has ended', keys: [{ kid: 'old', end }], who: 'no key of the file' },
  {
    what: 'a key of another channel',
    keys: [{ kid: 'old', from: { capital: 1 } }],
    who: 'no key of the file',
  },
  {
    what: 'a newer one after it',
    keys: [
      { kid: 'old', end },
      { kid: 'new', from: { torture: 5 } },
    ],
    who: 'new',
  },
  {
    what: 'a newer one at a place to come',
    keys: [{ kid: 'old' }, { kid: 'new', from: { torture: 5 } }],
    who: 'old up to place 4, then new',
  },
  {
    what: 'a newer one that has ended',
    keys: [{ kid: 'old' }, { kid: 'new', end }],
    who: 'no key of the file',
  },
])('by the files alone, with $what', ({ keys, who }) => {
  expect(signersOf(kids, memberWith(...keys), undefined)).toEqual([{ channel: 'torture', who }])
})

test('a running node knows which of them it is', () => {
  const member = memberWith({ kid: 'old' }, { kid: 'new', from: { torture: 5 } })
  const ready = { channels: [{ channel: 'torture', state: 'ready', key: 'new' }] }
  expect(signersOf(kids, member, ready)).toEqual([{ channel: 'torture', who: 'new' }])
  const stopped = { channels: [{ channel: 'torture', state: 'stopped' }] }
  expect(signersOf(kids, member, stopped)).toEqual([{ channel: 'torture', who: 'no key (stopped)' }])
})
