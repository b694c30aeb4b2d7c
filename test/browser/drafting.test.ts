import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumPath, noChromium, signIn } from '../../scripts/pages/browser.ts'
import type { DemonstrationNode } from '../../scripts/pages/demonstration.ts'
import { eventually } from '../eventually.ts'
import { answerAll, keyboardOn, mouseOn } from './denial-hands.ts'
import { openStage } from './stage.ts'

const stage = openStage({ pauseSeconds: 4 })

test('an officer writes a denial from nothing, another person releases it, and it is at another State', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const node = stage.demonstration.node('QM')
  const officer = await signIn(stage.browser, node, 'officer')
  const { page } = officer
  await begin(page, mouseOn(page).press)
  await page.getByRole('link', { name: 'Start' }).click()
  // Nothing answered: told above the form and at the field, and what was typed stays.
  await page.getByLabel('National reference').fill('x'.repeat(80))
  await page.getByLabel('Network reference').fill('wrong')
  await page.getByRole('button', { name: 'Save and continue' }).click()
  await page.getByRole('alert').getByRole('link').click()
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('/body/networkRef')
  expect(await page.getByLabel('Network reference').inputValue()).toBe('wrong')
  await page.getByLabel('Network reference').fill('QM-2026-4001')

  await answerAll(page, mouseOn(page))
  expect(await page.locator('[data-part="nominal"] li').allTextContents()).toMatchObject([
    expect.stringContaining('QM'),
    expect.stringContaining('QN'),
  ])
  await page.getByRole('button', { name: 'Send for release' }).click()
  await page.getByRole('heading', { name: 'A colleague reads and releases it' }).waitFor()
  expect(await page.getByRole('button', { name: 'Release' }).count()).toBe(0)
  const draft = new URL(page.url()).pathname

  const releaser = await signIn(stage.browser, node, 'releaser')
  await releaser.page.goto('/drafts')
  await releaser.page.locator(`a[href="${draft}"]`).click()
  await releaser.page.getByText('Ministry of Imaginary Prisons').first().waitFor()
  await releaser.page.getByRole('button', { name: 'Release' }).click()
  await releaser.page.getByRole('heading', { level: 1, name: 'About to be sent' }).waitFor()
  // Asked once more in the meantime, it is still one.
  await again(releaser.page, draft)
  await releaser.page.getByRole('button', { name: 'Stop sending' }).click()
  await releaser.page.getByRole('heading', { level: 1, name: 'Read and release' }).waitFor()
  expect(await issuedWith('QM-2026-4001', node)).toEqual([])
  await releaser.page.getByRole('button', { name: 'Release' }).click()
  await releaser.page.waitForURL(/\/notices\/[\w-]{43}$/)
  await again(releaser.page, draft)
  await releaser.page.waitForURL(/\/notices\/[\w-]{43}$/)
  // Its author is told so, until it was opened.
  const became = page.locator('#became li', {
    has: page.locator(`a[href="${new URL(releaser.page.url()).pathname}"]`),
  })
  await page.goto('/')
  expect(await became.allTextContents()).toMatchObject([expect.stringMatching(/Released by/)])
  await became.getByRole('link').click()
  await page.getByRole('heading', { name: 'What to do now' }).waitFor()
  await page.goto('/')
  expect(await became.count()).toBe(0)

  const other = stage.demonstration.node('QN')
  await eventually(async () => expect(await issuedWith('QM-2026-4001', other)).toHaveLength(1))
  const [notice] = await issuedWith('QM-2026-4001', other)
  expect(notice).toMatchObject({ nominal: { consignee: { name: 'Ministry of Imaginary Prisons' } } })
  // A notice's own page is another folder's.
  expect([...officer.faults, ...releaser.faults].filter(fault => !/40[49]|422/.test(fault))).toEqual([])
})

test('the same without script, and by keyboard alone', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page } = await signIn(stage.browser, stage.demonstration.node('QM'), 'officer', {
    javaScriptEnabled: false,
  })
  const hands = keyboardOn(page)
  await begin(page, hands.press)
  await page.goto(`${page.url()}/network-ref`)
  await answerAll(page, hands)
  await hands.press('Send for release')
  await page.getByRole('heading', { name: 'A colleague reads and releases it' }).waitFor()
})

test('who drafts what another State refused is told so, and whom to ask', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page } = await signIn(stage.browser, stage.demonstration.node('QN'), 'officer')
  const hands = mouseOn(page)
  await begin(page, hands.press)
  const draft = new URL(page.url()).pathname
  await page.goto(`${draft}/goods`)
  await hands.fill('find:/body/goods/0', 'shock belt')
  await hands.choose('pick:/body/goods/0', 'body-worn-shock-device')
  await hands.press('Save and continue')
  await page.goto(`${draft}/consignee-is-end-user`)
  await hands.fill('/body/countryOfDestination', 'XG')
  await hands.press('Save and do the rest later')
  const similar = page.getByRole('complementary', { name: 'Similar notices' })
  await similar.getByText('Denial notice').first().waitFor()
  await similar.getByText('whom to ask').first().click()
  await similar.getByText('@example.org').first().waitFor()
})

test('what is written is kept by itself', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page } = await signIn(stage.browser, stage.demonstration.node('QM'), 'officer')
  await begin(page, mouseOn(page).press)
  await page.goto(`${page.url()}/grounds-summary`)
  await page.getByLabel('Summary of grounds').fill('Half a sentence')
  await page.getByText(/^Saved \d\d:\d\d/).waitFor()
  await page.reload()
  expect(await page.getByLabel('Summary of grounds').inputValue()).toBe('Half a sentence')

  // What the page saves by itself may be on its way while somebody goes on.
  await page.getByLabel('Summary of grounds').fill('A whole sentence.')
  const answers = await page.locator('form:has([name="seen"])').evaluate(form => {
    const save = (act: string) => {
      const sent = new FormData(form as HTMLFormElement)
      sent.set('act', act)
      return fetch(location.href, { method: 'POST', body: new URLSearchParams(sent as never) })
    }
    return Promise.all(['autosave', 'next', 'autosave'].map(async act => (await save(act)).status))
  })
  expect(answers).toEqual([200, 200, 200])
  await page.reload()
  expect(await page.getByLabel('Summary of grounds').inputValue()).toBe('A whole sentence.')

  // Of a file, its hash alone.
  await page.goto(page.url().replace('grounds-summary', 'attachments'))
  const bytes = Buffer.from('a scanned licence')
  await page
    .getByLabel('The file')
    .setInputFiles({ name: 'licence.pdf', mimeType: 'application/pdf', buffer: bytes })
  const hash = page.locator('[name="/body/attachments/0/sha256"]')
  await expect.poll(() => hash.inputValue()).toBe(createHash('sha256').update(bytes).digest('hex'))
  await page.getByText('Worked out from licence.pdf').waitFor()
  expect(await page.getByLabel('The file').inputValue()).toBe('')
  await page.getByText(/^Saved \d\d:\d\d/).waitFor()
})

test('what a colleague wrote meanwhile is not written over: both are shown', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const node = stage.demonstration.node('QM')
  const quiet = { javaScriptEnabled: false }
  const { page: mine } = await signIn(stage.browser, node, 'customs', quiet)
  const { page: theirs } = await signIn(stage.browser, node, 'officer', quiet)
  await begin(mine, mouseOn(mine).press, 'Trade-flow sighting')
  const address = `${new URL(mine.url()).pathname}/text`
  await mine.goto(address)
  await theirs.goto(address)
  const name = '/body/text/en'
  await mouseOn(theirs).fill(name, 'What they wrote.')
  await mouseOn(theirs).press('Save and continue')
  await mouseOn(mine).fill(name, 'What I wrote.')
  await mouseOn(mine).press('Save and continue')
  await mine.getByText('has changed this part since you opened it').waitFor()
  await mine.getByText('What they wrote.').waitFor()
  expect(await mine.locator(`[name="${name}"]`).inputValue()).toBe('What I wrote.')
  await mouseOn(mine).press('Save and continue')
  await mine.waitForURL(to => to.pathname !== address)
  await theirs.goto(address)
  expect(await theirs.locator(`[name="${name}"]`).inputValue()).toBe('What I wrote.')
})

test('each page is for those who may', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const node = stage.demonstration.node('QM')
  const { page: officer } = await signIn(stage.browser, node, 'officer')
  await begin(officer, mouseOn(officer).press)
  const draft = new URL(officer.url()).pathname
  const refused = {
    coordinator: [
      '/new',
      '/drafts',
      draft,
      `${draft}/tlp`,
      `${draft}/check`,
      `${draft}/release`,
      `${draft}/delete`,
    ],
    releaser: ['/new', `${draft}/tlp`, `${draft}/check`, `${draft}/delete`, '/drafts/goods'],
  } as const
  for (const [role, paths] of Object.entries(refused)) {
    const { page } = await signIn(stage.browser, node, role as keyof typeof refused)
    for (const path of paths) expect([path, (await page.request.get(path)).status()]).toEqual([path, 403])
  }
  // Of others a customs officer sees nothing, not even that it is there.
  const { page: customs } = await signIn(stage.browser, node, 'customs')
  for (const path of [draft, `${draft}/tlp`, `${draft}/release`]) {
    expect([path, (await customs.request.get(path)).status()]).toEqual([path, 404])
  }
  for (const [page, path] of [
    [officer, `${draft}/release`],
    [customs, `${draft}/stop`],
  ] as const) {
    const status = await page.evaluate(
      to => fetch(to, { method: 'POST' }).then(answer => answer.status),
      path,
    )
    expect([path, status]).toEqual([path, page === officer ? 403 : 404])
  }
})

async function begin(
  page: Page,
  press: (button: string) => Promise<void>,
  type = 'Denial notice',
): Promise<void> {
  await page.goto('/new')
  await press(`Begin: ${type}`)
  await page.waitForURL(/\/drafts\/[\w-]{36}$/)
}

/** The form of the release once more, as a double click sends it. */
async function again(page: Page, draft: string): Promise<void> {
  await page.evaluate(
    to =>
      fetch(to, { method: 'POST', body: new URLSearchParams({ version: '1' }) }).then(
        answer => answer.status,
      ),
    draft,
  )
}

async function issuedWith(
  reference: string,
  { url, tokens }: DemonstrationNode,
): Promise<{ body: object }[]> {
  const headers = { authorization: `Bearer ${tokens.officer}` }
  const answer = await fetch(`${url}/v1/notices?q=${reference}&limit=200`, { headers })
  const items = (await answer.json()) as { body: { networkRef?: string } }[]
  return items.filter(({ body }) => body.networkRef === reference)
}
