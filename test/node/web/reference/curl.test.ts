import { expect, test } from 'vitest'
import { curlOf } from '../../../../node/web/reference/curl.ts'
import { type Description, operationsOf } from '../../../../node/web/reference/description.ts'

const description: Description = {
  info: { description: '' },
  tags: [],
  components: { schemas: {}, examples: { one: { value: { name: "a 'quoted' thing" } } }, parameters: {} },
  paths: {
    '/v1/things/{id}': {
      post: {
        operationId: 'makeThing',
        summary: 'Makes it.',
        tags: ['things'],
        security: [{ bearer: ['customs'] }],
        parameters: [{ name: 'kind', in: 'query', required: true }],
        requestBody: {
          content: { 'application/json': { examples: { one: { $ref: '#/components/examples/one' } } } },
        },
        responses: {},
      },
    },
  },
}

test('an example can be pasted into a shell: quotes within it do not end it, and the token is a placeholder', () => {
  const [operation] = operationsOf(description)
  const command = operation && curlOf(operation, { description, origin: 'http://127.0.0.1:7701' })
  expect(command?.split(' \\\n  ')).toEqual([
    `curl -X POST 'http://127.0.0.1:7701/v1/things/ID?kind=KIND'`,
    `-H 'authorization: Bearer fp_YOUR_TOKEN'`,
    `-H 'content-type: application/json'`,
    `--data '{"name":"a '\\''quoted'\\'' thing"}'`,
  ])
})
