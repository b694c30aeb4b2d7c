import { expect, test } from 'vitest'
import { noticeTypes } from '#protocol'
import type { Role } from '../../node/people.ts'
import { ask } from '../../scripts/pages/ask.ts'
import { chromiumPath, noChromium, signIn } from '../../scripts/pages/browser.ts'
import { openStage } from './stage.ts'

const stage = openStage()

test('whoever follows the link is in, and sees what came', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page, faults } = await signIn(stage.browser, stage.demonstration.node('QM'), 'officer')
  await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
  expect(await page.locator('#notices li').count()).toBeGreaterThan(0)
  expect(faults).toEqual([])
})

test('customs is shown no draft of a colleague', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const node = stage.demonstration.node('QM')
  const [type] = noticeTypes
  const { id } = await ask<{ id: string }>(node, { path: '/v1/drafts', sent: type?.examples[0] })
  const seenBy = async (role: Role) => {
    const { page } = await signIn(stage.browser, node, role)
    await page.getByRole('heading', { level: 1, name: 'Today' }).waitFor()
    return page.locator(`a[href^="/drafts/${id}"]`).count()
  }
  expect(await seenBy('releaser')).toBe(1)
  expect(await seenBy('customs')).toBe(0)
  expect(await seenBy('coordinator')).toBe(0)
})
