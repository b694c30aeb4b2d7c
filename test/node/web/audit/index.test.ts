import { expect, test } from 'vitest'
import { openTestOffice } from '../open-test-office.ts'

test('the trail tells whose token was made, and by which token, on the page and in the table', async () => {
  await using test = await openTestOffice()
  const { audit, people } = test.office
  const admin = await test.add('A. Heron', ['admin'])
  const officer = await test.add('B. Stork', ['officer'])
  const { token: by } = await people.createToken({ person: admin.id, label: 'nightly', days: 1 })
  const made = await audit.as({ person: admin.id, from: 'cli', token: by.hash }, () =>
    people.createToken({ person: officer.id, label: 'desk', days: 1 }),
  )
  const cookies = await test.signedIn(admin)
  const page = await test.ask('GET', `/audit?person=${officer.id}&act=token-made`, { cookies })
  const words = page.text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  const [short, shortBy] = [made.token.hash, by.hash].map(hash => `${hash.slice(0, 12)}…`)
  expect(words).toContain(`A. Heron Made a token B. Stork · desk ${short}`)
  expect(words).toContain(`command line · token nightly ${shortBy}`)
  const csv = await test.ask('GET', `/audit.csv?person=${officer.id}&act=token-made`, { cookies })
  const [head, ...rows] = csv.text.trim().split('\n')
  expect(head).toBe('number,at,person,name,act,about,from,roles,whose,token')
  expect(rows).toEqual([
    expect.stringMatching(`${admin.id},A. Heron,token-made,.*,cli,,${officer.id},.?${by.hash}`),
  ])
  expect(csv.text).not.toContain('nightly')
})
