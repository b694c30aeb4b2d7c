import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import type { Role } from '../../node/people.ts'
import { openBrowser, signIn } from './browser.ts'
import { type DemonstrationNode, openDemonstration } from './demonstration.ts'
import { everyPage, type PageToVisit } from './every-page.ts'

// Takes the pictures of node/web/tour: the pages of a running demonstration, in both languages, by day and by night.

const folder = join(import.meta.dirname, '../../node/web/tour')

interface Look {
  name: string
  locale: string
  colorScheme: 'light' | 'dark'
  width: number
}

const wide = 1280
const looks: readonly Look[] = [
  { name: 'en-light', locale: 'en-GB', colorScheme: 'light', width: wide },
  { name: 'ar-dark', locale: 'ar', colorScheme: 'dark', width: wide },
]
const more: readonly Look[] = [
  { name: 'en-dark', locale: 'en-GB', colorScheme: 'dark', width: wide },
  { name: 'ar-light', locale: 'ar', colorScheme: 'light', width: wide },
  { name: 'en-narrow', locale: 'en-GB', colorScheme: 'light', width: 360 },
]

interface Stop {
  name: string
  role: Role
  /** Where it is among all pages, and what it is called. */
  path: string
  says: string
  isShownEveryWay?: boolean
}

const stops: readonly Stop[] = [
  {
    name: 'today',
    role: 'officer',
    path: '/',
    says: 'What this office has to look at',
    isShownEveryWay: true,
  },
  { name: 'notices', role: 'officer', path: '/notices', says: 'Notices, with filters in the address' },
  {
    name: 'notice',
    role: 'officer',
    path: '/notices/:id',
    says: 'One notice, for people first',
    isShownEveryWay: true,
  },
  { name: 'new', role: 'officer', path: '/new', says: 'A new notice' },
  { name: 'screen', role: 'customs', path: '/screen', says: 'Screening' },
  { name: 'products', role: 'officer', path: '/products', says: 'The goods, in plain words' },
  { name: 'product', role: 'officer', path: '/products/:item', says: 'How to recognise a product' },
  { name: 'flows', role: 'officer', path: '/flows', says: 'Trade flows' },
  { name: 'network', role: 'coordinator', path: '/network', says: 'The network, problems first' },
  { name: 'members', role: 'officer', path: '/members', says: 'The registry in force' },
  { name: 'people', role: 'admin', path: '/people', says: 'The people of this office' },
  { name: 'audit', role: 'admin', path: '/audit', says: 'Who did what' },
  { name: 'help', role: 'officer', path: '/help', says: 'Help' },
]

await using demonstration = await openDemonstration({ nodes: 6 })
await using browser = await openBrowser()
const node = demonstration.node('QM')
const pages = await everyPage(node)
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
for (const stop of stops) for (const look of looksOf(stop)) await picture(browser, node, { stop, look })
await writeFile(join(folder, 'README.md'), readme())

async function picture(
  at: Browser,
  of: DemonstrationNode,
  { stop, look }: { stop: Stop; look: Look },
): Promise<void> {
  const { locale, colorScheme, width } = look
  const { page } = await signIn(at, of, stop.role, { locale, colorScheme, viewport: { width, height: 860 } })
  await page.goto(addressOf(stop))
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.screenshot({ path: join(folder, `${stop.name}-${look.name}.png`) })
  await page.context().close()
}

function addressOf({ path, role }: Stop): string {
  const fits = (each: PageToVisit) => each.path === path
  const found = pages.find(each => fits(each) && each.role === role) ?? pages.find(fits)
  if (found === undefined) throw new Error(`There is no page ${path}.`)
  return found.address
}

function looksOf({ isShownEveryWay }: Stop): readonly Look[] {
  return isShownEveryWay ? [...looks, ...more] : looks
}

function readme(): string {
  const shown = stops.map(stop => {
    const pictures = looksOf(stop).map(({ name }) => `![${stop.says}, ${name}](${stop.name}-${name}.png)`)
    return `## ${stop.says}\n\n\`${stop.path}\`\n\n${pictures.join('\n')}\n`
  })
  return `# A tour of the pages\n\nTaken from a running demonstration by \`npm run tour\`; all data is fictional.\n\n${shown.join('\n')}`
}
