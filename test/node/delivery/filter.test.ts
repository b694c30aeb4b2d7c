import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { fold } from '../../../node/content.ts'
import { meets } from '../../../node/delivery/filter.ts'
import { noticeFacts } from '../../../node/notice-facts.ts'
import type { Filter, NoticeFacts } from '../../../node/subscription.ts'
import { newNotice } from '../store/builders.ts'
import { namesMeet } from './words-meet.ts'

/** An example of a type as it is kept; the second alert has parties, brands and codes. */
function factsOf(type: string, example = 0): NoticeFacts {
  const draft = noticeTypes.find(({ name }) => name === type)?.examples[example]
  if (draft === undefined) throw new TypeError(`There is no such example of ${type}.`)
  const { envelope, parts } = newNotice({
    type,
    parts: {
      body: { value: draft.body, to: 'channel' },
      ...(draft.nominal && { nominal: { value: draft.nominal, to: 'channel' } }),
    },
  })
  const kept = { envelope, parts, erased: [], road: 'own', from: 'QM', receivedAt: 1, flags: [] } as const
  return noticeFacts({ ...kept, isVoid: false, cursor: 1 }, noticeTypes)
}

const glove = factsOf('alert')
const anklet = factsOf('alert', 1)
const denial = factsOf('denial')

test.each<[string, Filter, NoticeFacts, boolean]>([
  ['nothing asked is everything', {}, denial, true],
  ['a type', { types: ['alert'] }, glove, true],
  ['another type', { types: ['denial', 'sighting'] }, glove, false],
  ['an item of the goods list', { goods: ['bar-fetters-weighted-leg-restraints'] }, anklet, true],
  ['an item of the watch list', { goods: ['other', 'shock-glove'] }, glove, true],
  ['another item', { goods: ['shock-glove'] }, anklet, false],
  ['a category', { categories: ['TORTURE_ONLY'] }, glove, true],
  ['another category', { categories: ['EXECUTION_ONLY'] }, glove, false],
  ['a chapter', { hs: ['73'] }, anklet, true],
  ['a heading', { hs: ['8543', '7326'] }, anklet, true],
  ['a code that goes further than the notice', { hs: ['73269098'] }, anklet, false],
  ['a country of a party', { countries: ['XM'] }, anklet, true],
  ['another country', { countries: ['XZ'] }, anklet, false],
  ['a name', { parties: ['marlovia bogus metals'] }, anklet, true],
  ['a word that only sounds like it', { parties: ['Marlov'] }, anklet, false],
  ['at least routine', { urgency: 'routine' }, anklet, true],
  ['at least priority, and it is', { urgency: 'priority' }, glove, true],
  ['at least flash, and it is not', { urgency: 'flash' }, glove, false],
  ['an urgency, of a notice that has none', { urgency: 'routine' }, denial, false],
  ['words in any order, case and accent', { text: ['physiothérapy SOLD'] }, anklet, true],
  ['one of several texts', { text: ['nowhere', 'keyed lock'] }, anklet, true],
  ['a text of which one word is missing', { text: ['keyed padlock'] }, anklet, false],
  ['all that is given holds', { types: ['alert'], hs: ['7326'], countries: ['XM'] }, anklet, true],
  [
    'one of what is given does not hold',
    { types: ['alert'], hs: ['7326'], countries: ['XZ'] },
    anklet,
    false,
  ],
])('%s', (_name, filter, facts, isMet) => {
  expect(meets(filter, facts, { fold, namesMeet })).toBe(isMet)
})
