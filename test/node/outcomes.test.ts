import { expect, onTestFinished, test } from 'vitest'
import { outcomesIn } from '../../node/outcomes.ts'
import { exampleDraft } from '../network/participants.ts'
import { temporaryStore } from './store/builders.ts'

test('an author is told what a draft became, and by whom, until the author has opened it', async () => {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  const { unseenReleases, see } = outcomesIn(store)
  for (const [at, id] of ['one', 'two'].entries()) {
    const drafted = {
      id,
      draft: exampleDraft('denial'),
      author: 'officer',
      editors: ['officer', 'colleague'],
    }
    await store.write(store.drafts.putOps({ ...drafted, createdAt: at, updatedAt: at, version: 1 }))
    expect(unseenReleases('officer').map(({ notice }) => notice)).toEqual(['notice-one'].slice(0, at))
    await store.write(
      store.drafts.releasedOps(id, { releasedAs: `notice-${id}`, at, by: 'releaser', version: 1 }),
    )
  }
  expect(unseenReleases('officer')).toEqual([
    { notice: 'notice-two', by: 'releaser', at: 1 },
    { notice: 'notice-one', by: 'releaser', at: 0 },
  ])
  expect(unseenReleases('colleague')).toEqual([])
  await see('notice-two', 'colleague')
  await see('notice-two', 'officer')
  await see('notice-two', 'officer')
  expect(unseenReleases('officer')).toMatchObject([{ notice: 'notice-one' }])
  expect(store.drafts.find('two')).toEqual({
    id: 'two',
    author: 'officer',
    releasedAs: 'notice-two',
    at: 1,
    by: 'releaser',
  })
})
