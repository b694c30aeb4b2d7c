import { expect, test } from 'vitest'
import type { SubscriptionView } from '../../../../node/subscription.ts'
import { fieldsOf, readForm } from '../../../../node/web/subscriptions/fields.ts'
import { noticeTypes } from '../../../../protocol/index.ts'

const [type] = noticeTypes

test('what a form says comes back as the same form', () => {
  const filter = {
    types: [type?.name ?? ''],
    categories: ['TORTURE_ONLY'] as const,
    goods: ['leg-irons', 'thumb-cuffs'],
    hs: ['9304', '732690'],
    countries: ['XM', 'XR'],
    parties: ['Heron, Stork & Sons', 'Crane Ltd'],
    urgency: 'priority' as const,
    text: ['belt remote'],
  }
  const held: SubscriptionView = {
    id: 'a',
    person: 'b',
    createdAt: 0,
    cursor: 0,
    waiting: 0,
    deadLetters: 0,
    label: 'Risk engine',
    filter,
    remarks: true,
    matches: false,
    target: { kind: 'webhook', url: 'https://risk.example/in' },
    version: 3,
  }
  const { label, remarks, matches, target } = held
  expect(readForm(fieldsOf(held), noticeTypes)).toEqual({
    isRight: true,
    wanted: { label, filter, remarks, matches, target },
  })
})

test('every wrong field is named once', () => {
  const fields = new URLSearchParams({
    label: '',
    hs: '93x, 1',
    countries: 'Xanadu',
    target: 'webhook',
    urgency: 'soon',
  })
  expect(readForm(fields, noticeTypes)).toEqual({
    isRight: false,
    wrong: expect.arrayContaining(['label', 'hs', 'countries', 'url', 'urgency']),
  })
})

test('nothing given is everything, from now on or from the beginning', () => {
  const fields = new URLSearchParams({ label: 'All', target: 'feed', begin: 'all' })
  expect(readForm(fields, noticeTypes)).toMatchObject({ isRight: true, wanted: { filter: {}, after: 0 } })
})
