import { expect, test } from 'vitest'
import { FocalpointError } from '#protocol'
import { openTestApi } from './open-test-api.ts'

const path = '/v1/members/documents'
const document = { kind: 'members', document: '{"version":8}', signatures: ['a..b'] }

test('documents are handed in by coordinators and administrators, and told what came of them', async () => {
  await using api = await openTestApi()
  for (const as of ['coordinator', 'admin'] as const) {
    const answer = await api.ask(path, { as, method: 'POST', json: { documents: [document] } })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ adopted: [{ kind: 'members', version: 8 }], registry: {} })
  }
  for (const as of ['officer', 'releaser', 'customs'] as const) {
    const answer = await api.ask(path, { as, method: 'POST', json: { documents: [document] } })
    expect(answer.status).toBe(403)
  }
  expect((await api.ask(path, { method: 'POST', json: { documents: [document] } })).status).toBe(401)
})

test('a document that is refused says why, with the code of the protocol', async () => {
  await using api = await openTestApi()
  api.desk.adopt = async () => {
    throw new FocalpointError('signatures-too-few', 'Only one has signed.', { valid: 1, threshold: 2 })
  }
  const answer = await api.ask(path, { as: 'coordinator', method: 'POST', json: { documents: [document] } })
  expect(await answer.json()).toMatchObject({ code: 'signatures-too-few', status: answer.status })
  expect(answer.status).toBe(422)
})

test('a body of another form is refused with every wrong field, and one of the largest size is taken', async () => {
  await using api = await openTestApi()
  const wrong = { documents: [{ kind: 'leaf', document: 1 }] }
  const refused = await api.ask(path, { as: 'admin', method: 'POST', json: wrong })
  expect(refused.status).toBe(422)
  const { errors } = (await refused.json()) as { errors: { pointer: string }[] }
  expect(errors.map(({ pointer }) => pointer)).toEqual(
    expect.arrayContaining(['/documents/0/kind', '/documents/0/document']),
  )
  const large = { ...document, document: JSON.stringify({ version: 9, padding: '"'.repeat(2 ** 20) }) }
  const taken = await api.ask(path, { as: 'admin', method: 'POST', json: { documents: [large] } })
  expect(taken.status).toBe(200)
})
