import { expect, test } from 'vitest'
import { chromiumPath, noChromium, type SignedIn, signIn } from '../../scripts/pages/browser.ts'
import { everyPage, type PageToVisit } from '../../scripts/pages/every-page.ts'
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
const patienceMs = 120_000

const stage = openStage()

test(
  'every page can be used by everybody: axe finds nothing, nothing is cut off, and 320 pixels are enough',
  async ({ skip }) => {
    skip(chromiumPath === undefined, noChromium)
    const node = stage.demonstration.node('QM')
    const desks = new Map<string, SignedIn>()
    const deskFor = async ({ role }: PageToVisit, look: (typeof looks)[number]) => {
      const key = `${role} ${look.locale} ${look.colorScheme}`
      const desk = desks.get(key) ?? (await signIn(stage.browser, node, role, look))
      desks.set(key, desk)
      return desk
    }
    const found: unknown[] = []
    for (const [at, visit] of (await everyPage(node)).entries()) {
      const look = looks[at % looks.length] ?? looks[0]
      const { page } = await deskFor(visit, look)
      await page.setViewportSize(wide)
      await page.goto(visit.address)
      const faults = [...(await axeFaults(page)), ...(await clipped(page))]
      await page.setViewportSize(narrow)
      const wider = await sideways(page)
      if (wider > 0) faults.push(`${wider} pixels wider than its window`)
      if (faults.length > 0) found.push({ address: visit.address, ...look, faults })
    }
    expect(found).toEqual([])
    // The page that is not there is told so, and that is all that went wrong in any stage.browser.
    const complaints = [...desks.values()].flatMap(({ faults }) => faults)
    expect(complaints.filter(each => !each.includes('404'))).toEqual([])
  },
  patienceMs,
)
