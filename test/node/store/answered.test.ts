import { expect, test } from 'vitest'
import { openStore } from '../../../node/store/index.ts'
import { admit, newAdmission, removeFolder, temporaryFolder } from './builders.ts'

test('what is referred to is known in which way, among other notices and newest first, also after a start', async () => {
  const dir = await temporaryFolder()
  const log = [1, 2, 3].map(seq => newAdmission({ issuer: 'QM', seq }))
  const [one = '', two = '', three = ''] = log.map(({ envelope }) => envelope.id)
  const answers = [
    { id: one, rel: 'withdraws' },
    { id: three, rel: 'withdraws' },
    { id: two, rel: 'corrects' },
    { id: 'A'.repeat(43), rel: 'withdraws' },
  ].map((ref, at) => newAdmission({ issuer: 'QN', seq: at + 1, refs: [ref] }))
  const check = async () => {
    await using store = await openStore({ dir })
    const among = store.notices.answeredBy(['withdraws'])
    const found = await store.search.list({ among, limit: 9 })
    expect(found.map(({ envelope }) => envelope.id)).toEqual([three, one])
    const [newest] = await store.search.list({ among, limit: 1 })
    const older = await store.search.list({ among, before: newest?.cursor, limit: 9 })
    expect(older.map(({ envelope }) => envelope.id)).toEqual([one])
    expect(store.notices.answeredBy(['corrects'])).toEqual([two])
    expect(store.notices.answeredBy(['follows'])).toEqual([])
    return store.search.list({ among: store.erasure.erasedIds('body'), limit: 9 })
  }
  {
    await using store = await openStore({ dir })
    await admit(store, [...log, ...answers])
    expect(store.notices.answeredBy(['withdraws'])).toContain(one)
    await store.write(store.erasure.eraseOps(two, ['body'], 9))
  }
  expect((await check()).map(({ envelope }) => envelope.id)).toEqual([two])
  await removeFolder(dir)
})

test('void notices are not found, though something refers to them', async () => {
  const dir = await temporaryFolder()
  {
    await using store = await openStore({ dir })
    const target = newAdmission({ issuer: 'QM' })
    const answer = newAdmission({ issuer: 'QN', refs: [{ id: target.envelope.id, rel: 'withdraws' }] })
    await admit(store, [target, answer])
    await store.write(store.notices.voidOps(target.envelope.id, 9))
    expect(await store.search.list({ among: store.notices.answeredBy(['withdraws']), limit: 9 })).toEqual([])
  }
  await removeFolder(dir)
})
