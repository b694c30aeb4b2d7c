import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, noChromium, signIn } from '../../scripts/pages/browser.ts'
import { openStage } from './stage.ts'

const stage = openStage()

const password = 'several quiet herons'
const withoutScripts = { javaScriptEnabled: false }

/** An administrator adds somebody, and gives the link to them. */
async function linkFor(
  name: string,
  options: BrowserContextOptions = {},
): Promise<{ admin: Page; link: string }> {
  const { page: admin } = await signIn(stage.browser, stage.demonstration.node('QM'), 'admin', options)
  await admin.getByRole('link', { name: 'People' }).click()
  await admin.getByRole('link', { name: 'Add a person' }).click()
  await admin.getByLabel('Name').fill(name)
  await admin.getByLabel('Customs officer').check()
  await admin.getByRole('button', { name: 'Add a person' }).click()
  await admin.getByRole('button', { name: 'Make a sign-in link' }).click()
  return { admin, link: await admin.locator('.secret').innerText() }
}

async function freshPage(options: BrowserContextOptions = {}): Promise<Page> {
  const { url } = stage.demonstration.node('QM')
  const context = await stage.browser.newContext({ baseURL: url, locale: 'en-GB', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  return page
}

test('without scripts: a person is added, comes in by the link, sets a password and signs in by it', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const { link } = await linkFor('A. Heron', withoutScripts)
  const page = await freshPage(withoutScripts)
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in as A. Heron' }).click()
  await page.getByRole('link', { name: 'Set a password' }).click()
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByLabel('New password once more').fill(password)
  await page.getByRole('button', { name: 'Set a password' }).click()
  await page.getByRole('heading', { name: 'The password is set' }).waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('You are signed out.').waitFor()
  await page.goto('/account')
  await page.getByLabel('Your name').fill('A. Heron')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'My account' }).waitFor()
  await page.goto(link)
  await page.getByRole('heading', { name: 'This sign-in link opens nothing any more' }).waitFor()
})

test('by keyboard alone somebody signs in; after five wrong tries they are told how long to wait', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const { link } = await linkFor('B. Stork')
  const page = await freshPage()
  await page.goto(link)
  await pressUntil(page, 'Sign in as B. Stork')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  const stranger = await freshPage()
  await stranger.goto('/sign-in')
  for (const _ of [1, 2, 3, 4, 5, 6]) {
    await stranger.getByLabel('Your name').fill('B. Stork')
    await stranger.getByLabel('Password').fill('not this one')
    await stranger.keyboard.press('Enter')
    await stranger.getByRole('alert').waitFor()
  }
  await stranger.getByRole('link', { name: /Wait 1 minute, or ask an administrator/ }).waitFor()
})

/** Tab by tab, as somebody without a mouse. */
async function pressUntil(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < 40; pressed += 1) {
    await page.keyboard.press('Tab')
    if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return
  }
  throw new Error(`"${name}" cannot be reached by keyboard.`)
}

test('whoever is disabled is out at once; their open page leads to sign-in', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { admin, link } = await linkFor('C. Crane')
  const page = await freshPage()
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in as C. Crane' }).click()
  await page.goto('/subscriptions')
  await admin.getByRole('link', { name: 'Back to the person' }).click()
  await admin.getByRole('rowheader', { name: 'Chrome on Linux' }).waitFor()
  await admin.getByRole('link', { name: 'Disable' }).click()
  await admin.getByRole('button', { name: 'Disable' }).click()
  await admin.getByRole('table').waitFor()
  await page.getByRole('link', { name: 'New subscription' }).click()
  await page.getByText('Your session has ended.').waitFor()
  expect(new URL(page.url()).searchParams.get('back')).toBe('/subscriptions/new')
  await admin.goto('/audit')
  await admin.getByRole('row', { name: /Disabled a person C\. Crane/ }).waitFor()
  await admin.getByText('Nothing is missing and nothing was changed').waitFor()
})

test('a subscription is made, tested against a receiver, paused and deleted', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const taken: string[] = []
  await using receiver = await openReceiver(taken)
  const { page, faults } = await signIn(stage.browser, stage.demonstration.node('QM'), 'customs')
  await page.getByRole('link', { name: 'Subscriptions' }).click()
  await page.getByText('You have no subscription yet').waitFor()
  await page.getByRole('link', { name: 'New subscription' }).click()
  await page.getByRole('button', { name: 'Make the subscription' }).click()
  await page.getByRole('link', { name: /Give it a name/ }).click()
  await page.keyboard.type('Risk system')
  await page.getByLabel('Webhook', { exact: true }).check()
  await page.getByLabel('Address of the webhook').fill(receiver.url)
  await page.getByRole('button', { name: 'Make the subscription' }).click()
  expect(await page.locator('.secret').innerText()).toMatch(/^whsec_/)
  await page.getByRole('link', { name: 'Go to the subscription' }).click()
  await page.getByRole('button', { name: 'Send a test' }).click()
  await page.getByRole('heading', { name: 'The receiver took the test' }).waitFor()
  expect(taken).toHaveLength(1)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('heading', { name: 'Paused' }).waitFor()
  await page.getByRole('link', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('You have no subscription yet').waitFor()
  expect(faults.filter(each => !each.includes('422'))).toEqual([])
})

/** A system that takes whatever comes. */
async function openReceiver(taken: string[]) {
  const server = createServer((request, response) => {
    taken.push(String(request.headers['webhook-id']))
    request.resume()
    response.end('taken')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/in`,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}
