import { expect, test } from 'vitest'
import type { Audit, NewAct } from '../../node/audit.ts'
import { auditedDesk, auditedPeople } from '../../node/audited.ts'
import type { Person } from '../../node/people.ts'
import { openPeople } from '../../node/people.ts'
import { memoryDesk } from './api/memory-desk.ts'
import { exampleOf } from './api/open-test-api.ts'
import { peopleRows } from './people-rows.ts'

const officer = {
  id: 'officer',
  name: 'Officer',
  roles: ['officer'],
  disabled: false,
  createdAt: 1,
} satisfies Person
const releaser = { ...officer, id: 'releaser' } satisfies Person

function trail(): { audit: Audit; noted: NewAct[] } {
  const noted: NewAct[] = []
  const audit: Audit = {
    note: async act => void noted.push(act),
    list: async () => [],
    check: async () => ({ isWhole: true, entries: 0, last: { number: 0, hash: '' } }),
    as: (_acting, work) => work(),
    forget: async () => {},
  }
  return { audit, noted }
}

test('whoever drafts, changes, sends back, removes, answers and releases is noted, and who fails is not', async () => {
  const { audit, noted } = trail()
  const desk = auditedDesk(memoryDesk(), audit)
  const { id } = await desk.drafts.create(exampleOf('denial'), officer)
  await desk.drafts.sendBack(id, 'The reference is wrong.', releaser, {})
  await expect(desk.drafts.sendBack(id, 'Once more.', releaser, {})).rejects.toMatchObject({
    code: 'draft-returned',
  })
  await desk.drafts.replace(id, exampleOf('denial'), officer, {})
  await expect(desk.release(id, officer)).rejects.toMatchObject({ code: 'four-eyes' })
  const notice = await desk.release(id, releaser)
  const answer = await desk.answer(notice.id, 'withdrawal', exampleOf('withdrawal'), officer)
  await desk.drafts.remove(answer.id, releaser)
  expect(noted).toEqual([
    { act: 'draft-made', person: 'officer', about: id },
    { act: 'draft-returned', person: 'releaser', about: id },
    { act: 'draft-changed', person: 'officer', about: id },
    { act: 'draft-released', person: 'releaser', about: notice.id },
    { act: 'draft-made', person: 'officer', about: answer.id },
    { act: 'draft-removed', person: 'releaser', about: answer.id },
  ])
})

test('what is screened is noted only when it is kept, and by its id alone', async () => {
  const { audit, noted } = trail()
  const desk = auditedDesk(memoryDesk(), audit)
  await desk.screening.screen([{ description: 'hoses' }], { person: officer })
  expect(noted).toEqual([])
  const { results } = await desk.screening.screen([{ description: 'hoses' }], {
    person: officer,
    keepDays: 3,
  })
  await desk.consignments.remove(results[0]?.kept?.id ?? '', officer)
  expect(noted.map(({ act, about }) => [act, about])).toEqual([
    ['consignment-kept', results[0]?.kept?.id],
    ['consignment-removed', results[0]?.kept?.id],
  ])
})

test('a person who is disabled loses their sessions, and that is noted like all that is done to people', async () => {
  const { audit, noted } = trail()
  const ended: string[] = []
  const bare = openPeople(peopleRows())
  const people = auditedPeople(bare, audit, { endAllOf: async person => void ended.push(person) })
  const { id } = await people.add({ name: 'A. Heron', roles: ['officer'] })
  const { token } = await people.createToken({ person: id, label: 'desk', days: 1 })
  await people.revokeToken(token.hash)
  await people.changeRoles(id, ['officer'])
  await people.changeRoles(id, ['officer', 'releaser'])
  await people.disable(id)
  await expect(people.disable('nobody')).rejects.toMatchObject({ code: 'not-found' })
  expect(ended).toEqual([id])
  expect(noted).toEqual([
    { act: 'person-added', about: id, roles: ['officer'] },
    { act: 'token-made', about: token.hash, whose: id },
    { act: 'token-revoked', about: token.hash, whose: id },
    { act: 'roles-changed', about: id, roles: ['officer', 'releaser'] },
    { act: 'person-disabled', about: id },
  ])
})

test('subscriptions, exports, backups, documents and first openings leave their trace', async () => {
  const { audit, noted } = trail()
  const bare = memoryDesk()
  let isFirst = true
  const mark = async () => {
    const was = isFirst
    isFirst = false
    return was
  }
  const desk = auditedDesk({ ...bare, opened: { ...bare.opened, mark } }, audit)
  const wanted = { label: 'x', filter: {}, remarks: true, matches: false, target: { kind: 'feed' } } as const
  const { subscription } = await desk.subscriptions.create(officer.id, wanted)
  await desk.subscriptions.pause(subscription.id)
  await desk.subscriptions.remove(subscription.id, {})
  desk.exports.begun('csv')
  await desk.opened.mark('notice', officer.id)
  await desk.opened.mark('notice', releaser.id)
  for await (const _ of desk.backup()) break
  await desk.adopt([{ kind: 'members', text: '' } as never])
  expect(noted.map(({ act }) => act)).toEqual([
    'subscription-made',
    'subscription-changed',
    'subscription-removed',
    'export-made',
    'notice-opened',
    'backup-made',
    'document-adopted',
  ])
})
