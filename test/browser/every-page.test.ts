import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Role } from '../../node/people.ts'
import { chromiumPath, noChromium, type SignedIn, signIn } from '../../scripts/pages/browser.ts'
import { everyPage } from '../../scripts/pages/every-page.ts'
import { axeFaults, clipped, sideways } from '../../scripts/pages/looks.ts'
import { openStage } from './stage.ts'

// Each page once, in each language and light in turn; `npm run scorecard -- --row pages` looks at all of all.

const looks = [
  { locale: 'en-GB', colorScheme: 'light' },
  { locale: 'ar', colorScheme: 'dark' },
  { locale: 'ar', colorScheme: 'light' },
  { locale: 'en-GB', colorScheme: 'dark' },
] as const
const narrow = { width: 320, height: 640 }
const wide = { width: 1280, height: 900 }

const stage = openStage()

const whatFor = 'axe finds nothing, nothing is cut off, and 320 pixels are enough'
test.for([...looks.entries()])(`every fourth page, from %#: ${whatFor}`, async ([first, look], { skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const node = stage.demonstration.node('QM')
  const pages = (await everyPage(node)).filter((_, at) => at % looks.length === first)
  const desks = new Map<Role, SignedIn>()
  const found: unknown[] = []
  for (const { role, address } of pages) {
    const desk = desks.get(role) ?? (await signIn(stage.browser, node, role, look))
    desks.set(role, desk)
    const faults = await faultsOf(desk.page, address)
    if (faults.length > 0) found.push({ address, ...look, faults })
  }
  expect(found).toEqual([])
  // The page that is not there is told so, and that is all that went wrong in any browser.
  const complaints = [...desks.values()].flatMap(({ faults }) => faults)
  expect(complaints.filter(each => !each.includes('404'))).toEqual([])
})

async function faultsOf(page: Page, address: string): Promise<string[]> {
  await page.setViewportSize(wide)
  await page.goto(address)
  const faults = [...(await axeFaults(page)), ...(await clipped(page))]
  await page.setViewportSize(narrow)
  const wider = await sideways(page)
  return wider > 0 ? [...faults, `${wider} pixels wider than its window`] : faults
}
