import { expect, test } from 'vitest'
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
