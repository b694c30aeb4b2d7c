import { expect, test } from 'vitest'
import { noticeTypes, type Registry, sha256 } from '#protocol'
import type { NoticeQuery } from '../../node/desk/desk.ts'
import { voidNotices } from '../../node/void-notices.ts'
import { exampleDraft } from '../network/participants.ts'
import { admit, newAdmission, newLog, temporaryStore } from './store/builders.ts'

test('void notices are found by what they say, who issued them and when they came, newest first', async () => {
  await using store = await temporaryStore()
  const { body } = exampleDraft('denial')
  const parts = { body: { value: body, to: 'channel' as const } }
  const [first, second] = newLog(2, { isVoid: true, key: 'stolen', parts })
  const another = newAdmission({ isVoid: true, key: 'another', issuer: 'QN', type: 'alert', receivedAt: 5 })
  const sound = newAdmission({ issuer: 'XD', key: 'sound', parts })
  if (first === undefined || second === undefined) throw new TypeError('a log of two')
  await admit(store, [first, second, another, sound])
  const signing = ['stolen', 'another', 'sound'].map(key => ({ kid: sha256(key) }))
  const registry = () => ({ members: { members: [{ signing }] } }) as unknown as Registry
  const found = (query: Omit<NoticeQuery, 'limit'>) =>
    voidNotices({ store, types: noticeTypes, registry }, query).map(({ envelope }) => envelope.id)

  const ids = [another, second, first].map(({ envelope }) => envelope.id)
  expect(found({})).toEqual(ids)
  const ofQuillmark = ids.slice(1)
  const { countryOfDestination: country } = body as { countryOfDestination: string }
  for (const query of [{ issuer: 'QM' }, { type: 'denial' }, { country }])
    expect([query, found(query)]).toEqual([query, ofQuillmark])
  expect(found({ country: 'QQ' })).toEqual([])
  expect(found({ q: 'nothing says this' })).toEqual([])
  expect(found({ since: '2020-01-01T00:00:00Z' })).toEqual(ofQuillmark)
  const [{ cursor = 0 } = {}] = voidNotices({ store, types: noticeTypes, registry }, {})
  expect(found({ before: cursor })).toEqual(ofQuillmark)
})
