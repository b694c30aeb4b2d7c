import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Draft, defineNoticeType, type NoticeType, noticeTypes, sha256 } from '#protocol'
import { openTestApi } from './open-test-api.ts'
import { openApiOf } from './openapi/described.ts'

const checked = sha256('the notice whose lamp was checked')

const example: Draft = {
  type: 'lamp-check',
  body: { lamp: 'green', of: checked },
  parts: { body: { to: 'channel' } },
  refs: [{ id: checked, rel: 'follows' }],
}

/** A type that the program has never heard of. */
const lampCheck = defineNoticeType({
  name: 'lamp-check',
  label: 'Lamp check',
  purpose: 'Tells that a lamp was checked.',
  body: z.strictObject({
    lamp: z.enum(['green', 'red']).meta({ title: 'Lamp', description: 'Its colour.' }),
    of: z.string().meta({ title: 'Notice', description: 'Whose lamp it is.' }),
  }),
  nominal: false,
  answers: { rel: 'follows', field: 'of', from: 'anyone' },
  summary: ({ lamp }) => `The lamp is ${lamp}`,
  keys: () => ({ category: [], goods: [], hs: [], country: [], reference: [] }),
  examples: [example],
})

function ajv(): Ajv2020 {
  return new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
}

test('the description is OpenAPI 3.1 and every reference in it leads somewhere', async () => {
  await using api = await openTestApi()
  const document = await openApiOf(api)
  expect(document.openapi).toBe('3.1.0')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to ?? '')
  expect(references.length).toBeGreaterThan(0)
  const places = Object.entries(document.components).flatMap(([kind, named]) =>
    Object.keys(named).map(name => `#/components/${kind}/${name}`),
  )
  expect([...new Set(references)].filter(reference => !places.includes(reference))).toEqual([])
})

test('every route says who may use it and how it fails', async () => {
  await using api = await openTestApi()
  for (const methods of Object.values((await openApiOf(api)).paths)) {
    for (const { security, responses } of Object.values(methods)) {
      expect(security).toBeDefined()
      expect(responses).toHaveProperty('default.content.application/problem+json')
    }
  }
})

test('every event that is posted to receivers is described, with the form that they all have', async () => {
  await using api = await openTestApi()
  const { webhooks, components } = (await openApiOf(api)) as Awaited<ReturnType<typeof openApiOf>> & {
    webhooks: Record<string, object>
  }
  for (const { name } of noticeTypes) expect(webhooks).toHaveProperty([`alliance.focalpoint.notice.${name}`])
  expect(webhooks).toHaveProperty(['alliance.focalpoint.change.erased', 'post', 'requestBody'])
  expect(ajv().compile(components.schemas['cloud-event'] ?? {})).toBeTypeOf('function')
})

// Trap 24: the library rewrites keywords of JSON Schema 2020-12, so the routes are compared with a checked copy.
test('the routes are described as in the checked copy', async () => {
  await using api = await openTestApi()
  const { paths } = await openApiOf(api)
  await expect(`${JSON.stringify(paths, null, 2)}\n`).toMatchFileSnapshot('openapi-paths.golden')
})

test('the forms that routes share are described as in the checked copy', async () => {
  await using api = await openTestApi()
  const { components } = await openApiOf(api)
  const ofTypes = noticeTypes.flatMap(({ name }) => [name, `${name}-answer`])
  const shared = Object.entries(components.schemas).filter(([name]) => !ofTypes.includes(name))
  await expect(`${JSON.stringify(Object.fromEntries(shared), null, 2)}\n`).toMatchFileSnapshot(
    'openapi-schemas.golden',
  )
})

test('the schema of each type in the description is the one at its own address, keyword by keyword', async () => {
  await using api = await openTestApi()
  const { components } = await openApiOf(api)
  for (const { name } of noticeTypes) {
    const answer = await api.ask(`/v1/schemas/${name}.json`)
    expect(answer.headers.get('content-type')).toContain('application/schema+json')
    const { $id, $schema, ...schema } = (await answer.json()) as Record<string, unknown>
    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema')
    expect($id).toBe(`/v1/schemas/${name}.json`)
    expect(components.schemas[name]).toEqual(schema)
  }
})

test.each(noticeTypes.map(({ name }) => name))(
  'the examples of %s fit its schema and may be posted',
  async name => {
    await using api = await openTestApi()
    const schema = (await (await api.ask(`/v1/schemas/${name}.json`)).json()) as { examples: Draft[] }
    expect(schema.examples.length).toBeGreaterThan(0)
    const validate = ajv().compile(schema)
    for (const draft of schema.examples) {
      expect([validate(draft), validate.errors]).toEqual([true, null])
      const answer = await api.ask('/v1/drafts', { as: 'officer', method: 'POST', json: draft })
      expect(answer.status).toBe(201)
    }
  },
)

test('an answer needs neither type nor target in the description, and a draft needs both', async () => {
  await using api = await openTestApi()
  const { components } = await openApiOf(api)
  const [whole] = noticeTypes.find(({ name }) => name === 'withdrawal')?.examples ?? []
  const { type, refs, body, ...rest } = structuredClone(whole) as Draft
  const { target, ...content } = body
  const answer = { ...rest, body: content }
  expect(ajv().validate(components.schemas['withdrawal-answer'] ?? {}, answer)).toBe(true)
  expect(ajv().validate(components.schemas['withdrawal-answer'] ?? {}, { ...answer, extra: 1 })).toBe(false)
  expect(ajv().validate(components.schemas.withdrawal ?? {}, answer)).toBe(false)
  expect([type, refs?.[0]?.id]).toEqual(['withdrawal', target])
})

test('a type made in a test stands in schemas, description, routes and lists without another change', async () => {
  await using api = await openTestApi({ types: [...noticeTypes, lampCheck as unknown as NoticeType] })
  const { components, paths } = await openApiOf(api)
  expect(components.schemas).toHaveProperty('lamp-check')
  expect(components.schemas).toHaveProperty('lamp-check-answer')
  expect(paths).toHaveProperty(['/v1/notices/{id}/lamp-check'])
  expect(await (await api.ask('/v1/schemas')).json()).toContainEqual(
    expect.objectContaining({ name: 'lamp-check', schema: '/v1/schemas/lamp-check.json' }),
  )
  expect(await (await api.ask('/v1/schemas/lamp-check.json')).json()).toMatchObject({ title: 'Lamp check' })

  const draft = await api.ask('/v1/drafts', { as: 'officer', method: 'POST', json: lampCheck.examples[0] })
  const released = await api.ask(`${draft.headers.get('location')}/release`, {
    as: 'releaser',
    method: 'POST',
  })
  expect(released.status).toBe(201)
  const list = await api.ask('/v1/notices?type=lamp-check', { as: 'customs' })
  expect(await list.json()).toMatchObject([{ label: 'Lamp check', summary: 'The lamp is green' }])
})

test('the schema of an unknown type is not found', async () => {
  await using api = await openTestApi()
  for (const path of ['/v1/schemas/rumour.json', '/v1/schemas/denial.xml']) {
    expect((await api.ask(path)).status).toBe(404)
  }
})
