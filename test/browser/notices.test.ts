import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import { ask } from '../../scripts/pages/ask.ts'
import { chromiumPath, noChromium, signIn } from '../../scripts/pages/browser.ts'
import type { DemonstrationNode } from '../../scripts/pages/demonstration.ts'
import { issue, release } from '../../scripts/pages/issue.ts'
import { openStage } from './stage.ts'

const stage = openStage()

test('what one State releases is on the open page of another without a reload', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page, faults } = await signIn(stage.browser, stage.demonstration.node('QN'), 'officer')
  await page.goto('/notices')
  await page.evaluate(() => document.body.setAttribute('data-not-reloaded', ''))
  const before = await page.locator('#notices li').count()
  const id = await issue(stage.demonstration.node('QM'))
  await page.locator(`#notices a[href="/notices/${id}"]`).waitFor()
  expect(await page.locator('#notices li').count()).toBe(before + 1)
  expect(await page.locator('#news').textContent()).toMatch(/\d+ new notices?/)
  expect(await page.locator('[data-not-reloaded]').count()).toBe(1)
  await page.goto(`/notices/${id}`)
  await page.goto('/')
  expect(await page.locator(`#unopened a[href="/notices/${id}"]`).count()).toBe(0)
  expect(faults).toEqual([])
})

test('a withdrawal that one person drafts on the page and another releases shows everywhere, at once', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const [here, there] = [stage.demonstration.node('QM'), stage.demonstration.node('QN')]
  const id = await issue(here)
  await held(there, id)
  const reader = await signIn(stage.browser, there, 'officer')
  const list = await reader.page.context().newPage()
  const today = await reader.page.context().newPage()
  await reader.page.goto(`/notices/${id}`)
  await list.goto('/notices')
  await today.goto('/')

  const author = await signIn(stage.browser, here, 'officer')
  await author.page.goto(`/notices/${id}`)
  await author.page.locator('details.answering', { hasText: 'Withdrawal' }).locator('summary').click()
  const form = author.page.locator('form[action$="/answers/withdrawal"]')
  await form.getByRole('button').click()
  // Nothing was chosen: each field that is missing is named, and linked to.
  await author.page.locator('.ds-error-summary').waitFor()
  await author.page.locator('.ds-error-summary a', { hasText: 'Reason' }).click()
  expect(await author.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe(
    'withdrawal.reason',
  )
  await form.locator('[name="withdrawal.kind"]').selectOption('court-ordered')
  await form.locator('[name="withdrawal.reason"]').fill('The refusal was overturned on appeal.')
  await form.locator('[name="withdrawal.requiredAction"]').selectOption('stop-acting')
  await form.locator('[name="withdrawal.confirmBy"]').fill('2027-01-31')
  await form.locator('[name="withdrawal.text"]').fill('The denial no longer counts.')
  await form.getByRole('button').click()
  // Whom it is for is proposed, and waits for nobody before it was confirmed, checked and sent.
  await author.page.waitForURL(/\/drafts\/[0-9a-f-]{36}\/audience$/)
  const draft = author.page.url().split('/').at(-2) ?? ''
  await author.page.goto(`/drafts/${draft}/check`)
  await author.page.getByText('Before this can be sent for release').waitFor()
  expect(await author.page.getByRole('button', { name: 'Send for release' }).isDisabled()).toBe(true)
  await author.page.goto(`/drafts/${draft}/audience`)
  expect(await author.page.getByLabel('Everybody in the channel').isChecked()).toBe(true)
  await author.page.getByRole('button', { name: 'Save and continue' }).click()
  await author.page.waitForURL(/\/check$/)
  expect(await author.page.locator('[data-part="body"] li').allTextContents()).toContainEqual(
    expect.stringContaining('QN'),
  )
  expect((await get(here, `/v1/drafts/${draft}`)).status).toBe(404)
  await author.page.getByRole('button', { name: 'Send for release' }).click()
  await author.page.waitForURL(/\/release$/)
  await release(here, draft)

  await reader.page.getByText(/Withdrawn by its issuer on .*: do not act on it/).waitFor()
  await list
    .locator('#notices li', { has: list.locator(`a[href="/notices/${id}"]`) })
    .getByText('Withdrawn', { exact: true })
    .waitFor()
  await today
    .locator('#notices li', { has: today.locator(`a[href="/notices/${id}"]`) })
    .getByText('Withdrawn', { exact: true })
    .waitFor()
  expect(reader.faults).toEqual([])
})

test('the list is filtered without JavaScript, and what cannot be meant is said beside its field', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const { page } = await signIn(stage.browser, stage.demonstration.node('QM'), 'officer', {
    javaScriptEnabled: false,
  })
  await page.goto('/notices')
  const all = await page.locator('#notices li').count()
  const [type] = noticeTypes
  await page.getByLabel('Kind').selectOption(type?.name ?? '')
  await page.getByRole('button', { name: 'Show notices' }).click()
  const some = await page.locator('#notices li').count()
  expect(some).toBeGreaterThan(0)
  expect(some).toBeLessThan(all)
  expect(new URL(page.url()).searchParams.get('type')).toBe(type?.name)
  await page.locator('summary', { hasText: 'More filters' }).click()
  await page.getByLabel('Customs code').fill('12')
  await page.getByRole('button', { name: 'Show notices' }).click()
  await page.getByRole('link', { name: 'Give 4 to 10 digits' }).waitFor()
  await page.getByLabel('Customs code').fill('0101')
  await page.getByRole('button', { name: 'Show notices' }).click()
  await page.getByText('No notice meets all of these filters').waitFor()
  await page.getByRole('link', { name: 'Show all notices' }).click()
  expect(await page.locator('#notices li').count()).toBe(all)
})

test('whoever may not know who the parties are sees no name, in no view, and cannot answer', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const node = stage.demonstration.node('QM')
  const notices = (await ask(node, { path: '/v1/notices' })) as {
    id: string
    nominal?: Record<string, { name: string }>
  }[]
  const { id, nominal = {} } = notices.find(each => each.nominal !== undefined) ?? { id: '' }
  const names = Object.values(nominal).map(({ name }) => name)
  expect(names.length).toBeGreaterThan(0)
  const officer = await signIn(stage.browser, node, 'officer')
  await officer.page.goto(`/notices/${id}`)
  const shown = (await officer.page.textContent('main')) ?? ''
  for (const name of names) expect(shown).toContain(name)
  const coordinator = await signIn(stage.browser, node, 'coordinator')
  const encoded = names.map(name => Buffer.from(name).toString('base64url').slice(2, -3))
  for (const view of ['', '?view=raw', '?view=verify', '?view=print', '/text']) {
    const response = await coordinator.page.request.get(`/notices/${id}${view}`)
    const text = await response.text()
    for (const name of [...names, ...encoded]) expect(text).not.toContain(name)
  }
  await coordinator.page.goto(`/notices/${id}`)
  await coordinator.page.getByText('shown to licensing officers, releasers and customs only').waitFor()
  expect(await coordinator.page.locator('details.answering').count()).toBe(0)
  const refused = await coordinator.page.request.post(`/notices/${id}/answers/follow-up`, {
    headers: { origin: node.url },
  })
  expect(refused.status()).toBe(403)
})

async function held(node: DemonstrationNode, id: string): Promise<void> {
  await expect.poll(async () => (await get(node, `/v1/notices/${id}`)).status).toBe(200)
}

async function get({ url, tokens }: DemonstrationNode, path: string): Promise<Response> {
  return fetch(new URL(path, url), { headers: { authorization: `Bearer ${tokens.officer}` } })
}
