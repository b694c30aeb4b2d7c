import { expect, test } from 'vitest'
import { firstAnswers } from '../../../../node/web/drafting/begin.ts'
import { exampleOf } from '../../api/open-test-api.ts'
import { openTestOffice } from '../open-test-office.ts'
import { visitBy } from '../visits.ts'

test('an answer to a notice for named readers begins with those who read it', async () => {
  await using test = await openTestOffice()
  const { office } = test
  office.desk.notices.text = () => undefined
  const open = office.desk.admit(exampleOf('alert'), { issuer: 'QN' })
  const parts = open.parts.map(part => ({ ...part, to: 'named' }))
  const begun = async (about: typeof open) =>
    (await firstAnswers(office, visitBy(), { typeName: 'follow-up', about })).answers
  expect(await begun({ ...open, parts })).toMatchObject({
    '/parts/body/to': ['named'],
    '/readers/0': ['QN'],
  })
  expect(Object.keys(await begun(open)).filter(name => /^.(readers|parts)/.test(name))).toEqual([])
})
