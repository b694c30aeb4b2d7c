import { expect, test } from 'vitest'
import { exampleOf } from '../../api/open-test-api.ts'
import { openTestOffice } from '../open-test-office.ts'

test('a releaser sends a draft back, its author is told why and sends it again, changed or not', async () => {
  await using at = await openTestOffice()
  const officer = await at.add('A. Heron', ['officer'])
  const author = await at.signedIn(officer)
  const releaser = await at.signedIn(await at.add('B. Stork', ['releaser']))
  const { id } = await at.office.desk.drafts.create(exampleOf('denial'), officer)
  const page = (address: string, cookies: Record<string, string>) => at.ask('GET', address, { cookies })
  const sendBack = (reason: string, version = '1') =>
    at.ask('POST', `/drafts/${id}/return`, {
      cookies: releaser,
      payload: new URLSearchParams({ reason, version }).toString(),
    })
  expect((await page(`/drafts/${id}/release`, releaser)).text).toContain(`action="/drafts/${id}/return"`)
  const empty = await sendBack('  ')
  expect([empty.status, empty.text]).toEqual([
    422,
    expect.stringMatching(/href="#field-reason"[^>]*>Say what is wrong/),
  ])
  const long = await sendBack('x'.repeat(1001))
  expect([long.status, long.text]).toEqual([422, expect.stringContaining(`>${'x'.repeat(1001)}</textarea>`)])
  expect((await sendBack('Read another version.', '2')).status).toBe(412)
  expect((await sendBack('The consignee\r\nis a <forwarder>.')).location).toBe(`/drafts/${id}/release`)

  const read = await page(`/drafts/${id}/release`, releaser)
  expect(read.text).toMatch(/Sent back by B\. Stork.*The consignee\nis a &lt;forwarder>\./s)
  expect(read.text).not.toContain('class="send"')
  const today = await page('/', author)
  expect(today.text).toMatch(/What became of your drafts.*is a &lt;forwarder>\./s)
  expect(today.text).not.toContain('Drafts waiting for release')
  expect((await page('/', releaser)).text).not.toContain('forwarder')
  expect((await page(`/drafts/${id}`, author)).text).toContain('is a &lt;forwarder>.')

  const check = await page(`/drafts/${id}/check`, author)
  expect(check.text).toContain('Nothing was changed since it was sent back.')
  const send = (payload: string) => at.ask('POST', `/drafts/${id}/check`, { cookies: author, payload })
  // From a page that does not show the reason yet.
  const unread = await send('version=1')
  expect([unread.status, unread.text]).toEqual([
    412,
    expect.stringContaining('Read why, then send it again.'),
  ])
  const [, returned] = /name="returned" value="(\d+)"/.exec(check.text) ?? []
  const sent = await send(`version=1&returned=${returned}`)
  expect(sent.location).toBe(`/drafts/${id}/release`)
  expect(at.office.desk.drafts.find(id)).not.toHaveProperty('returned')
  expect((await page('/', author)).text).not.toContain('forwarder')
  expect((await page(`/drafts/${id}/release`, releaser)).text).toContain('class="send"')
})
