import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Role } from '../../node/people.ts'
import type { DemonstrationNode } from './demonstration.ts'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const chromiumPath = places.find(path => existsSync(path))

/** Why browser tests are skipped where they are. */
export const noChromium = 'chromium is not on this machine: apt-get install chromium'

export async function openBrowser(): Promise<Browser & AsyncDisposable> {
  if (chromiumPath === undefined) throw new Error(noChromium)
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

export interface SignedIn {
  page: Page
  /** What the browser refused to run or load for the content security policy, and errors of our own scripts. */
  faults: string[]
}

/** Somebody at their desk: a fresh browser profile, signed in by link at this node. */
export async function signIn(
  browser: Browser,
  node: DemonstrationNode,
  role: Role,
  options: BrowserContextOptions = {},
): Promise<SignedIn> {
  const context = await browser.newContext({ baseURL: node.url, locale: 'en-GB', ...options })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', error => faults.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.setDefaultTimeout(30_000)
  await page.goto(node.signIn[role])
  return { page, faults }
}
