import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openTestApi } from '../api/open-test-api.ts'
import { openTestFolder, runFocalpoint } from './run.ts'

const consignment = {
  description: 'garment accessories, metal',
  hs: { code: '621710' },
  quantity: { value: 500, unit: 'SET' },
  parties: [{ role: 'consignee', name: 'Rostavel Invented Hardware Imports', country: 'XR' }],
}

test('a match becomes the draft of a sighting, from a file and from options', async () => {
  await using api = await openTestApi()
  await using folder = await openTestFolder()
  const environment = { FOCALPOINT_URL: api.url, FOCALPOINT_TOKEN: api.tokens.customs }
  const run = (words: string[]) => runFocalpoint(['report', ...words], { folder: folder.path, environment })
  await writeFile(join(folder.path, 'report.json'), JSON.stringify({ consignment, direction: 'import' }))
  const seized = [
    '--verdict',
    'seized',
    '--held-hours',
    '30',
    '--disposal',
    'In a warehouse.',
    '--sample-taken',
  ]
  const { code, stdout, stderr } = await run([
    ...['report.json', '--item', 'bar-fetters-weighted-leg-restraints', '--place', 'QMPRT', ...seized],
    ...['--names', 'named', '--reader', 'XD', '--reader', 'XE', '--text', 'Seized at the port.'],
  ])
  expect([code, stdout.trim()]).toEqual([0, 'draft-1'])
  expect(stderr).toContain('focalpoint notice release draft-1')
  expect(api.desk.drafts.find('draft-1')?.draft).toMatchObject({
    body: {
      verdict: 'seized',
      direction: 'import',
      outcome: { heldHours: 30, sampleTaken: true },
      text: { en: 'Seized at the port.' },
    },
    readers: ['XD', 'XE'],
  })
  const missing = await run(['--consignment', 'kept-1', '--office', 'QM000001'])
  expect(missing.code).toBe(2)
  expect(missing.stderr).toMatch(/\/verdict: .*\/direction: .*\/consignmentId: /s)
})
