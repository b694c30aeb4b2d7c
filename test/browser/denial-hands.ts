import type { Locator, Page } from 'playwright-core'

/** How somebody fills in a form: with mouse and script, or by keyboard alone. */
export interface Hands {
  fill(name: string, text: string): Promise<void>
  /** An entry of a list that opens, or one of several beside each other. */
  choose(name: string, value: string): Promise<void>
  press(button: string): Promise<void>
}

export function mouseOn(page: Page): Hands {
  return {
    fill: (name, text) => field(page, name).fill(text),
    async choose(name, value) {
      const found = field(page, name).first()
      if ((await found.evaluate(element => element.tagName)) === 'SELECT') await found.selectOption(value)
      else await page.locator(`[name="${name}"][value="${value}"]`).check()
    },
    press: button => page.getByRole('button', { name: button, exact: true }).first().click(),
  }
}

/** Tab, letters, arrows, space and Enter; nothing else. */
export function keyboardOn(page: Page): Hands {
  return {
    async fill(name, text) {
      const found = field(page, name)
      await tabTo(page, found)
      const isDay = (await found.getAttribute('type')) === 'date'
      if (!isDay) await page.keyboard.press('Control+a')
      await page.keyboard.type(isDay ? text.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$2$3$1') : text)
    },
    async choose(name, value) {
      const first = field(page, name).first()
      if ((await first.evaluate(element => element.tagName)) === 'SELECT')
        return chooseInList(page, first, value)
      await chooseBeside(page, name, value)
    },
    async press(button) {
      await tabTo(page, page.getByRole('button', { name: button, exact: true }).first())
      await page.keyboard.press('Enter')
    },
  }
}

async function chooseInList(page: Page, list: Locator, value: string): Promise<void> {
  await tabTo(page, list)
  for (let at = 0; at < 300 && (await list.inputValue()) !== value; at++)
    await page.keyboard.press('ArrowDown')
}

/** The first of a group takes the focus; arrows go on from there. Boxes to tick are each on the way. */
async function chooseBeside(page: Page, name: string, value: string): Promise<void> {
  const wanted = page.locator(`[name="${name}"][value="${value}"]`)
  if ((await wanted.getAttribute('type')) === 'checkbox') {
    await tabTo(page, wanted)
    return page.keyboard.press('Space')
  }
  await tabTo(page, page.locator(`[name="${name}"]`))
  await page.keyboard.press('Space')
  for (let at = 0; at < 30 && !(await wanted.isChecked()); at++) await page.keyboard.press('ArrowDown')
}

async function tabTo(page: Page, wanted: Locator): Promise<void> {
  const isFresh = await page.locator('body').evaluate(body => document.activeElement === body)
  if (isFresh) {
    // Past the navigation by the link that is there for it.
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
  }
  for (let at = 0; at < 150; at++) {
    const isThere = await wanted.evaluateAll(all => all.some(each => each === document.activeElement))
    if (isThere) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`No Tab leads to ${wanted}.`)
}

function field(page: Page, name: string): Locator {
  return page.locator(`[name="${name}"]`)
}

/** What an officer answers on each page of a denial, by the page's address. */
const denialAnswers: Record<string, (hands: Hands) => Promise<void>> = {
  'network-ref': hands => hands.fill('/body/nationalRef', 'QM-LIC-2026-900'),
  'decision-type': async hands => {
    await hands.choose('/body/decisionType', 'refused')
    await hands.choose('/body/activity', 'export')
    await hands.fill('/body/decisionDate', '2026-11-11')
  },
  'legal-basis': async hands => {
    await hands.fill('/body/legalBasis/0/instrument', 'Regulation (EU) 2019/125')
    await hands.fill('/body/legalBasis/0/article', '12')
  },
  'national-prohibition': hands => hands.choose('/body/nationalProhibition', 'no'),
  grounds: hands => hands.choose('/body/grounds', 'torture-or-ill-treatment-risk'),
  'grounds-summary': hands => hands.fill('/body/groundsSummary', 'A risk of use on persons in custody.'),
  'evidence-sources': hands => hands.choose('/body/evidenceSources/0/kind', 'intelligence-undisclosed'),
  goods: async hands => {
    await hands.fill('find:/body/goods/0', 'shock belt')
    await hands.press('Search')
    await hands.choose('pick:/body/goods/0', 'body-worn-shock-device')
    await hands.press('Save and continue')
    await hands.choose('/body/goods/0/hs/code', '854370')
    await hands.fill('/body/goods/0/description', 'Belts worn on the body that give shocks from afar.')
    await hands.fill('/body/goods/0/quantity/value', '40')
    await hands.fill('/body/goods/0/quantity/rec20', 'H87')
  },
  parties: async hands => {
    await hands.choose('new:/body/parties', 'consignee')
    await hands.press('Add')
    await hands.fill('/nominal/consignee/name', 'Ministry of Imaginary Prisons')
    await hands.fill('/body/parties/consignee/country', 'XG')
    await hands.choose('/body/parties/consignee/kind', 'prison')
  },
  'consignee-is-end-user': async hands => {
    await hands.choose('/body/consigneeIsEndUser', 'yes')
    await hands.fill('/body/countryOfDestination', 'XG')
  },
  'end-use-stated': async hands => {
    await hands.choose('/body/endUseStated/code', 'corrections')
    await hands.fill('/body/endUseStated/text', 'For use in prisons.')
  },
  validity: async () => {},
  'consult-contact': hands => hands.fill('/body/consultContact/mailbox', 'licensing@qm.example'),
  text: hands => hands.fill('/body/text/en', 'An export was refused.'),
  tlp: hands => hands.choose('/body/tlp', 'TLP:AMBER'),
  audience: async hands => {
    await hands.choose('/parts/body/to', 'channel')
    await hands.choose('/parts/nominal/to', 'named')
    await hands.choose('/readers/0', 'QN')
  },
}

/** From the first open page to the last. */
export async function answerAll(page: Page, hands: Hands): Promise<void> {
  for (;;) {
    const step = stepOf(page)
    if (step === 'check') return
    const answer = denialAnswers[step]
    if (answer === undefined) throw new Error(`Nobody says what to answer at "${step}".`)
    await answer(hands)
    await hands.press('Save and continue')
    await page.waitForURL(address => !address.pathname.endsWith(`/${step}`))
  }
}

function stepOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}
