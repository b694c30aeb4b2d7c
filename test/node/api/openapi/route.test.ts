import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { openTestApi } from '../open-test-api.ts'
import { realPath } from '../real-objects.ts'
import { type Described, examplesIn, type OpenApi, openApiOf, roleFor, routesIn } from './described.ts'

/** Request examples that cannot work as they stand, and the status that they get. */
const madeUp: Record<string, number> = {
  'POST /v1/tokens': 404,
  // The subscription that is there is somebody else's.
  'PATCH /v1/subscriptions/{id}': 404,
  'POST /v1/subscriptions/{id}/replay': 404,
}

/** Words of the introduction that lead to routes that other work brings. Once one is there, it leaves this list. */
const notHereYet: string[] = []

test('every route has a name of its own, a group, a summary and words on each parameter', async () => {
  await using api = await openTestApi()
  const document = await openApiOf(api)
  const groups = document.tags.map(({ name }) => name)
  const lacking = routesIn(document).flatMap(({ name, operation }) => {
    const { operationId, tags = [], summary, parameters = [] } = operation
    return [
      ...(operationId === undefined ? [`${name}: operationId`] : []),
      ...(tags.some(tag => groups.includes(tag)) ? [] : [`${name}: a tag of tags.ts`]),
      ...(summary === undefined ? [`${name}: summary`] : []),
      ...parameters
        .filter(({ $ref, description, schema }) => $ref === undefined && !(description && schema))
        .map(parameter => `${name}: a description of the parameter ${parameter.name}`),
    ]
  })
  expect(lacking).toEqual([])
  const ids = routesIn(document).map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

test('every POST says what it does when it is sent twice', async () => {
  await using api = await openTestApi()
  const silent = routesIn(await openApiOf(api)).filter(
    ({ method, operation: { parameters = [], description = '' } }) =>
      method === 'POST' &&
      !parameters.some(({ name }) => name === 'idempotency-key') &&
      !/Asked again|takes no Idempotency-Key/.test(description),
  )
  expect(silent.map(({ name }) => `${name}: config.again`)).toEqual([])
})

test('every JSON body and answer has an example, and each follows its form', async () => {
  await using api = await openTestApi()
  const document = await openApiOf(api)
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema(document, 'api')
  const wrong = routesIn(document).flatMap(route =>
    formsOf(route).flatMap(({ pointer, media }) => {
      const examples = examplesIn(media, document)
      if (examples.length === 0) return [`${pointer}: an example`]
      const validate = ajv.compile({ $ref: `api#${pointer}/schema` })
      return examples
        .filter(example => !validate(example))
        .map(() => `${pointer}: ${ajv.errorsText(validate.errors)}`)
    }),
  )
  expect(wrong).toEqual([])
})

test('every example of a body may be sent as it stands', async () => {
  await using api = await openTestApi()
  const document = await openApiOf(api)
  const answers = await Promise.all(routesIn(document).flatMap(route => sent(api, route, document)))
  expect(answers.length).toBeGreaterThan(10)
  for (const { name, status } of answers)
    expect([name, status < 300 ? 'taken' : status]).toEqual([name, madeUp[name] ?? 'taken'])
})

test('the introduction speaks of addresses that there are', async () => {
  await using api = await openTestApi()
  const { info, paths } = await openApiOf(api)
  const spoken = new Set(info.description.match(/\/v1\/[\w/{}-]+(?:\.json)?/g))
  spoken.delete('/v1/schemas/sighting.json')
  expect(spoken.size).toBeGreaterThan(5)
  expect([...spoken].filter(path => !(path in paths)).sort()).toEqual(notHereYet)
})

test('failures are told by their codes, each with an example', async () => {
  await using api = await openTestApi()
  const { paths, components } = await openApiOf(api)
  const release = paths['/v1/drafts/{id}/release']?.post?.responses ?? {}
  expect(Object.keys(release)).toEqual(
    expect.arrayContaining(['201', '401', '403', '404', '409', '410', '422', '429', '503', '507', 'default']),
  )
  expect(release['403']?.content?.['application/problem+json']?.examples).toHaveProperty('four-eyes')
  expect(components.examples['four-eyes']?.value).toMatchObject({ code: 'four-eyes', status: 403 })
  expect(paths['/healthz']?.get?.responses).not.toHaveProperty('401')
})

function formsOf({ path, method, operation: { requestBody, responses } }: Described) {
  const at = `/paths/${escaped(path)}/${method.toLowerCase()}`
  return [
    { pointer: `${at}/requestBody`, of: requestBody },
    ...['200', '201'].map(status => ({ pointer: `${at}/responses/${status}`, of: responses[status] })),
  ].flatMap(({ pointer, of }) => {
    const media = of?.content?.['application/json']
    return media?.schema ? [{ pointer: `${pointer}/content/application~1json`, media }] : []
  })
}

function sent(api: Awaited<ReturnType<typeof openTestApi>>, route: Described, document: OpenApi) {
  const { name, method, path, operation } = route
  const media = operation.requestBody?.content['application/json']
  const role = roleFor(operation)
  return (media ? examplesIn(media, document) : []).map(async json => {
    const answer = await api.ask(await realPath(api, path), { method, json, ...(role && { as: role }) })
    return { name, status: answer.status }
  })
}

function escaped(path: string): string {
  return path.replaceAll('~', '~0').replaceAll('/', '~1')
}
