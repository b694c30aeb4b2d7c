import type { Browser } from 'playwright-core'
import { openBrowser, type SignedIn, signIn } from '../../pages/browser.ts'
import { type DemonstrationNode, openDemonstration } from '../../pages/demonstration.ts'
import { everyPage, type PageToVisit } from '../../pages/every-page.ts'
import { axeFaults, clipped, sideways } from '../../pages/looks.ts'
import { type Result, type RowOptions, roundsOf, type ScoreRow } from '../row.ts'

export const row: ScoreRow = {
  name: 'pages',
  title: 'pages that somebody cannot use',
  target: '0',
  /** How many pages are looked at, each in both languages, by day and by night. */
  rounds: { full: 100, short: 4 },
  limitSeconds: { full: 1200, short: 120 },
  run,
}

const looks = ['en-GB', 'ar'].flatMap(locale =>
  (['light', 'dark'] as const).map(colorScheme => ({ locale, colorScheme })),
)
const narrow = { width: 320, height: 640 }
const wide = { width: 1280, height: 900 }
/** WCAG 2.2, 1.4.4: text at 200 % is a window half as wide. */
const doubled = { width: 640, height: 450 }

interface Looked {
  axe: string[]
  wider: string[]
  cut: string[]
  complaints: string[]
}

async function run(options: RowOptions): Promise<Result[]> {
  await using demonstration = await openDemonstration()
  await using browser = await openBrowser()
  const node = demonstration.node('QM')
  const pages = spread(await everyPage(node), roundsOf(row, options))
  const found: Looked = { axe: [], wider: [], cut: [], complaints: [] }
  for (const look of looks) {
    if (options.signal.aborted) break
    await lookAtAll(pages, { browser, node, look, found })
  }
  const rounds = pages.length * looks.length
  const result = (name: string, faults: string[]): Result => ({
    name,
    value: faults.length,
    unit: 'faults',
    target: '0',
    met: faults.length === 0,
    beside: { first: faults[0] ?? 'none' },
    rounds,
  })
  return [
    result('pages × {en, ar} × {light, dark}: violations that axe finds', found.axe),
    result('the same, 320 px wide and with text of 200 %: wider than the window', found.wider),
    result('the same: texts that are cut off', found.cut),
    result('the same: refused by the content security policy, or thrown by a script', found.complaints),
  ]
}

interface Looking {
  browser: Browser
  node: DemonstrationNode
  look: (typeof looks)[number]
  found: Looked
}

async function lookAtAll(pages: readonly PageToVisit[], { browser, node, look, found }: Looking) {
  const desks = new Map<string, SignedIn>()
  for (const { role, address } of pages) {
    const desk = desks.get(role) ?? (await signIn(browser, node, role, look))
    desks.set(role, desk)
    const { page } = desk
    const where = `${address} (${look.locale}, ${look.colorScheme})`
    await page.setViewportSize(wide)
    await page.goto(address)
    found.axe.push(...(await axeFaults(page)).map(fault => `${where}: ${fault}`))
    found.cut.push(...(await clipped(page)).map(text => `${where}: ${text}`))
    for (const size of [narrow, doubled]) {
      await page.setViewportSize(size)
      const wider = await sideways(page)
      if (wider > 0) found.wider.push(`${where}: ${wider} px at ${size.width}`)
    }
  }
  // The page that is not there is told so.
  const complaints = [...desks.values()].flatMap(({ faults }) => faults)
  found.complaints.push(...complaints.filter(each => !each.includes('404')))
  for (const { page } of desks.values()) await page.context().close()
}

/** So many of them, from the first to the last. */
function spread<Of>(all: readonly Of[], count: number): Of[] {
  if (count >= all.length) return [...all]
  return Array.from({ length: count }, (_, at) => all[Math.floor((at * all.length) / count)] as Of)
}
