import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestFolder, runFocalpoint } from '../run.ts'

const tally = { notices: 300, lines: 300, leftOut: { exercises: 2, over: 0 } }

/** Something that answers as a node would, and then as it likes. */
async function openAnswering(answer: (response: ServerResponse) => void) {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/v1/exports?')) response.end(JSON.stringify(tally))
    else answer(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

test('a file appears once it is whole, with how far it is and what was left out on stderr', async () => {
  await using folder = await openTestFolder()
  await using node = await openAnswering(response => response.end('line\r\n'.repeat(300)))
  const out = join(folder.path, 'risk.csv')
  const { code, stdout, stderr } = await runFocalpoint(['notice', 'export', '--url', node.url, '--out', out])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(await readFile(out, 'utf8')).toBe('line\r\n'.repeat(300))
  expect(stderr).toContain('Exporting: 100 %')
  expect(stderr).toContain('Exported 300 notices in 300 lines.\nLeft out: 2 drills (add --exercises).')
})

test('an export that breaks off leaves no file, and says so', async () => {
  await using folder = await openTestFolder()
  await using node = await openAnswering(response => {
    response.write('line\r\n'.repeat(100))
    setImmediate(() => response.destroy())
  })
  const out = join(folder.path, 'risk.csv')
  const toFile = await runFocalpoint(['notice', 'export', '--url', node.url, '--out', out])
  expect(toFile).toMatchObject({ code: 5, stderr: expect.stringContaining('broke off') })
  expect(await readdir(folder.path)).toEqual([])
  const toStdout = await runFocalpoint(['notice', 'export', '--url', node.url, '-q'])
  expect(toStdout).toMatchObject({ code: 5, stderr: expect.stringContaining('broke off') })
})
