import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { exampleOf } from '../../api/open-test-api.ts'
import { openTestOffice } from '../open-test-office.ts'

test('drafts that answer a notice name it in both lists, for whoever wrote them and whoever releases them', async () => {
  await using at = await openTestOffice()
  const { desk } = at.office
  const officer = await at.add('A. Heron', ['officer'])
  const { id, summary } = desk.admit(exampleOf('denial'))
  for (const { name, answers } of noticeTypes) {
    if (answers === undefined) continue
    const draft = exampleOf(name)
    const refs = draft.refs?.map(each => ({ ...each, id })) ?? []
    await desk.drafts.create({ ...draft, body: { ...draft.body, [answers.field]: id }, refs }, officer)
  }
  for (const person of [officer, await at.add('B. Stork', ['releaser'])]) {
    const cookies = await at.signedIn(person)
    for (const address of ['/', '/drafts']) {
      const { text } = await at.ask('GET', address, { cookies })
      const lists =
        address === '/' ? text.slice(text.indexOf('drafts-title'), text.lastIndexOf('newest-title')) : text
      const said = lists.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ')
      expect(said).toContain(`It corrects ${summary} (Quantity)`)
      expect(said).toContain(`It withdraws ${summary}`)
      expect(said).toContain(`It answers ${summary}`)
      expect(said).toContain(`It follows up ${summary}`)
      expect(said).not.toContain('goods/0/quantity')
    }
  }
})
