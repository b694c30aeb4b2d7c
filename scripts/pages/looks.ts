import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/** WCAG 2.2, levels A and AA, and what of axe's best practices has no exceptions. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

/** Nothing but what is wrong, by its markup: twice as fast, and our style sheets are few enough to read. */
const options = { runOnly: rules, resultTypes: ['violations' as const], selectors: false, preload: false }

/** What axe finds wrong on the page as it stands, each in a line. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(options).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** CSS pixels by which the page is wider than its window. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Elements with text that is cut off, for their box is too small for it. */
export function clipped(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *, header *, footer *')]
      .filter(element => {
        const { overflowX, overflowY } = getComputedStyle(element)
        const hides = overflowX === 'hidden' || overflowY === 'hidden'
        const isShown = element.getClientRects().length > 0 && !element.closest('.ds-sr-only')
        return (
          hides &&
          isShown &&
          element.textContent?.trim() !== '' &&
          (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
        )
      })
      .map(element => element.outerHTML.slice(0, 120)),
  )
}
