import { expect, test } from 'vitest'
import type { Search, Store } from '../../../node/store/index.ts'
import { admit, newAdmission, newLog, noKeys, temporaryStore } from './builders.ts'

async function storeOfThree() {
  await using opened = new AsyncDisposableStack()
  const store = opened.use(await temporaryStore())
  const denial = newAdmission({
    issuer: 'QM',
    receivedAt: 100,
    keys: {
      category: ['TORTURE_ONLY'],
      goods: ['II-2.1'],
      hs: ['930400'],
      country: ['XE', 'XF'],
      reference: ['QM-2026-1'],
    },
    words: 'spiked batons for a prison',
  })
  const alert = newAdmission({
    issuer: 'QN',
    type: 'alert',
    receivedAt: 200,
    keys: { ...noKeys, goods: ['II-2.1'], hs: ['85437090'], country: ['XE'], reference: ['QN-2026-1'] },
    words: 'stun cuffs seen in a prison',
  })
  const capital = newAdmission({ issuer: 'XF', channel: 'capital', receivedAt: 300, words: 'a gallows' })
  await admit(store, [denial, alert, capital])
  return { store, denial, alert, capital, life: opened.move() }
}

async function found(store: Store, search: Omit<Search, 'limit'>): Promise<string[]> {
  return (await store.search.list({ ...search, limit: 10 })).map(kept => kept.envelope.issuer)
}

test.each<[string, Omit<Search, 'limit'>, string[]]>([
  ['nothing asked: all, newest first', {}, ['XF', 'QN', 'QM']],
  ['a type', { type: 'alert' }, ['QN']],
  ['an issuer', { issuer: 'QM' }, ['QM']],
  ['a channel', { channel: 'capital' }, ['XF']],
  ['a category', { category: 'TORTURE_ONLY' }, ['QM']],
  ['an item of the goods list', { goods: 'II-2.1' }, ['QN', 'QM']],
  ['a heading', { hs: '8543' }, ['QN']],
  ['a subheading', { hs: '854370' }, ['QN']],
  ['a whole national code', { hs: '85437090' }, ['QN']],
  ['a code deeper than the notice gives', { hs: '93040010' }, []],
  ['half a heading', { hs: '85' }, []],
  ['a country', { country: 'XF' }, ['QM']],
  ['a reference', { reference: 'QN-2026-1' }, ['QN']],
  ['a part of a reference', { reference: 'QN-2026' }, []],
  ['a word', { q: 'prison' }, ['QN', 'QM']],
  ['the beginning of a word', { q: 'gallow' }, ['XF']],
  ['several words in any order', { q: 'prison  spiked' }, ['QM']],
  ['words of two notices', { q: 'spiked stun' }, []],
  ['several terms', { goods: 'II-2.1', country: 'XE', issuer: 'QN' }, ['QN']],
  ['terms and words', { goods: 'II-2.1', q: 'batons' }, ['QM']],
  ['terms that no notice meets together', { type: 'alert', country: 'XF' }, []],
  ['since a second', { since: 200 }, ['XF', 'QN']],
  ['before a cursor', { before: 3 }, ['QN', 'QM']],
  ['a term under the wrong kind', { goods: 'XE' }, []],
])('a search finds %s', async (_, search, issuers) => {
  const { store, life } = await storeOfThree()
  await using _life = life
  expect(await found(store, search)).toEqual(issuers)
})

test('pages follow one another without gap or double, through thousands of notices that do not fit', async () => {
  await using store = await temporaryStore()
  const common = newLog(1400, { words: 'common', keys: { ...noKeys, country: ['XE'] } })
  const rare = newLog(5, {
    issuer: 'QN',
    words: 'rare common',
    keys: { ...noKeys, country: ['XE'], goods: ['II-1.1'] },
  })
  await admit(store, [...common.slice(0, 700), ...rare.slice(0, 3), ...common.slice(700), ...rare.slice(3)])
  for (const search of [
    { q: 'rare' },
    { goods: 'II-1.1' },
    { country: 'XE', q: 'rare' },
    { country: 'XE', issuer: 'QN' },
  ]) {
    const seqs: number[] = []
    let before: number | undefined
    for (;;) {
      const page = await store.search.list({ ...search, before, limit: 2 })
      seqs.push(...page.map(kept => kept.envelope.seq))
      before = page.at(-1)?.cursor
      if (page.length < 2) break
    }
    expect(seqs).toEqual([5, 4, 3, 2, 1])
  }
})

test('entries of the feed that are no new notices do not come twice in a list', async () => {
  await using store = await temporaryStore()
  const admission = newAdmission()
  await admit(store, [admission])
  await store.write(store.erasure.eraseOps(admission.envelope.id, ['body'], 9))
  expect(await store.search.list({ limit: 10 })).toHaveLength(1)
})
