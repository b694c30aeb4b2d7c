import { afterAll, beforeAll, expect, test } from 'vitest'
import { chromiumPath, noChromium, openBrowser, signIn } from '../../scripts/pages/browser.ts'
import { openDemonstration } from '../../scripts/pages/demonstration.ts'

const open = new AsyncDisposableStack()
let demonstration: Awaited<ReturnType<typeof openDemonstration>>
let browser: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  if (chromiumPath === undefined) return
  demonstration = open.use(await openDemonstration())
  browser = open.use(await openBrowser())
}, 60_000)
afterAll(() => open.disposeAsync())

test('whoever follows the link is in, and sees what came', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page, faults } = await signIn(browser, demonstration.node('QM'), 'officer')
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  expect(await page.locator('#notices li').count()).toBeGreaterThan(0)
  expect(faults).toEqual([])
})
