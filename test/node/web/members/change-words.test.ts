import { expect, test } from 'vitest'
import { changeWords } from '../../../../node/web/members/change-words.ts'
import { type Change, changesBetween, rootChanges } from '../../../../protocol/index.ts'
import { proposeEnd, proposeRoot, proposeStatus } from '../../../../protocol/registry/index.ts'
import { coordinators, found, get, listed } from '../../../protocol/registry/builders.ts'
import { visitOf } from '../visits.ts'

const { registry } = await found({ addrs: { QM: ['/ip4/127.0.0.1/tcp/9000'] } })
const members = registry.signedMembers.document
const root = get(registry.roots, 0).signed.document
const { kid } = get(get(registry.members.members, 0).signing, 0)
const id = 'B'.repeat(43)
const ends = { torture: { seq: 41, id }, capital: { seq: 0, id: null } }
const dates = { issued: '2026-06-01' }
const ended = proposeEnd(registry, { member: 'QM', kid, ends, reason: 'It was stolen', dates })
const left = proposeStatus(registry, { member: 'QM', status: 'left', ends, reason: 'They left', dates })
const another = proposeRoot(registry, {
  add: coordinators(6).slice(5).map(listed),
  remove: ['coordinator-1'],
  threshold: 2,
})
const changes: Change[] = [
  ...changesBetween(undefined, members),
  ...changesBetween(members, ended),
  ...changesBetween(members, left),
  ...rootChanges(undefined, root),
  ...rootChanges(root, another),
]

test('what changes is told in Arabic, with all that is not Arabic in isolates', () => {
  const visit = visitOf({ language: 'ar', address: '/', now: 0 })
  const told = changes.map(change => changeWords(change, visit))
  expect(told.length).toBeGreaterThan(20)
  expect(
    told.filter(words => /\p{Script=Latin}/u.test(words.replace(/\u2068[^\u2069]*\u2069/g, ''))),
  ).toEqual([])
})

/** Keys, ids, addresses, coordinators, reasons: what is longer than a day, a kind or a place. */
const longValue = /"([^"]{13,})"/g

test('every code, address and reason of a change stands in the words of each language', () => {
  for (const language of ['en', 'ar'] as const) {
    const visit = visitOf({ language, address: '/', now: 0 })
    const lacking = changes.filter(change => {
      const needed = [...JSON.stringify(change.values).matchAll(longValue)].map(([, value = '']) => value)
      return !needed.every(value => changeWords(change, visit).includes(value))
    })
    expect(lacking).toEqual([])
  }
})
