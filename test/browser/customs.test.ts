import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { chromiumPath, noChromium, signIn } from '../../scripts/pages/browser.ts'
import type { DemonstrationNode } from '../../scripts/pages/demonstration.ts'
import { openStage } from './stage.ts'

const stage = openStage()
/** Quillmark refused shock belts to a depot; here they come past. */
let node: DemonstrationNode
beforeAll(() => {
  if (chromiumPath !== undefined) node = stage.demonstration.node('QN')
})

const header = 'reference,description,hs.code,quantity,unit,destination,consignee,consignee country'
const typo = 'L2,remote control belts,8543.70,40,H87,XG,Minstry of Imaginery Prisons Suply Depot 4,XG'
const manifest = [
  header,
  'L1,office chairs,9401.30,12,H87,XV,Everyday Imports Ltd,XV',
  typo,
  'L3,"leg cuffs, steel",7326.90,two,PR,XG,Somebody,XG',
  'L4,apparatus,8543.70,3,H87,XG,Министерство Имагинари Призонс Депот 4,XG',
].join('\n')

/** Whatever a spreadsheet, a browser or an eye may take for something else. */
const hostile = [
  header,
  `=HYPERLINK("http://127.0.0.1:1/x"),<img src=x onerror=alert(1)>,,,,XG,"<script>alert(2)</script> Ministry of Imaginary Prisons Supply Depot 4",XG`,
  `@SUM(1),"\u202Eelttil belts </textarea><script>alert(3)</script>",8543.70,1,H87,XG,Ministry of Imaginary Prisons Supply Depot 4,XG`,
].join('\n')

test.for([true, false])(
  'a pasted manifest shows lanes and reasons, and leads to a sighting that waits for release (JavaScript: %s)',
  async (javaScriptEnabled, { skip }) => {
    skip(chromiumPath === undefined, noChromium)
    const { page, faults } = await signIn(stage.browser, node, 'customs', { javaScriptEnabled })
    await page.getByRole('link', { name: 'Screening' }).click()
    await page.getByLabel('Paste lines').fill(manifest)
    await page.getByRole('button', { name: 'Screen the list' }).click()
    await page.getByText('3 lines were screened. 2 are red, none is amber.').waitFor()
    expect(new URL(page.url()).search).toBe('')

    const line = page.locator('form.screened', { hasText: 'L2 – remote control belts' })
    expect(await line.locator('.lane').innerText()).toContain('Stop and ask the focal point')
    const reasons = await line.locator('.match').first().locator('.reasons').innerText()
    expect(reasons).toContain('97% alike')
    expect(reasons).toMatch(/suply.* for .*supply/)
    await page
      .locator('form.screened', { hasText: 'L4 – apparatus' })
      .getByText(/призонс.* for .*prisons/)
      .waitFor()
    expect(await page.getByRole('row', { name: '4 · L3' }).innerText()).toContain('Column quantity')
    await line.getByText('Before you grant it: ask Quillmark').click()
    expect(await line.locator('textarea').first().inputValue()).toContain(
      'Consultation on denial QM-2026-0007',
    )

    await line.getByRole('button', { name: 'Report a sighting' }).click()
    await page.getByRole('button', { name: 'Draft the sighting' }).click()
    await page.getByRole('link', { name: 'What did you find: fill this in' }).waitFor()
    await page.getByLabel('Detained').check()
    await page.getByLabel('Place code').fill('XDPRT')
    await page.getByLabel('Way of the goods').selectOption('import')
    await page.getByLabel('Hours held').fill('6')
    await page.getByLabel('What became of them').fill('In a customs warehouse')
    await page.getByLabel('Nobody: the names stay here').check()
    await page.getByRole('button', { name: 'Draft the sighting' }).click()
    await page.getByRole('heading', { level: 1, name: 'The sighting is drafted' }).waitFor()
    const id = page.url().split('/').at(-1) ?? ''
    const drafts = await asReleaser('/v1/drafts')
    const made = drafts.find(draft => draft.id === id)
    expect(made?.draft.body).toMatchObject({ verdict: 'detained', place: { unlocode: 'XDPRT' } })
    expect(made?.draft.nominal).toBeUndefined()
    expect(faults.filter(each => !each.includes('422'))).toEqual([])
  },
)

test('what was kept is found again, screened anew, and deleted', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page } = await signIn(stage.browser, node, 'customs', { javaScriptEnabled: false })
  await page.goto('/screen')
  await page.getByLabel('Goods, as declared').fill('remote control belts')
  const second = page.getByRole('group', { name: 'Party 2' })
  await second.getByLabel('Name').fill('Ministry of Imaginary Prisons, Supply Depot 4')
  await page.getByLabel('To (country)').fill('XG')
  await page.getByRole('button', { name: 'Screen this consignment' }).click()
  await page.getByText('Keep it, and tell me if something new matches').click()
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'Kept consignment' }).waitFor()
  expect(await page.locator('.reasons').first().innerText()).toContain('Consignee: name')
  await page.getByRole('link', { name: 'Kept consignments' }).click()
  expect(await page.locator('#kept li').count()).toBe(1)
  await page.getByRole('link', { name: 'remote control belts' }).click()
  await page.getByRole('button', { name: 'Delete it' }).click()
  await page.getByText('You keep nothing.').waitFor()
})

test('a hostile file does nothing but be read, and one that is too large is told so', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page, faults } = await signIn(stage.browser, node, 'customs')
  page.setDefaultTimeout(25_000)
  let dialogs = 0
  page.on('dialog', dialog => {
    dialogs += 1
    return dialog.dismiss()
  })
  await upload(page, '"><script>alert(4)</script>.csv', hostile)
  await page.getByRole('heading', { level: 1, name: 'What was found' }).waitFor()
  const shown = await page.locator('main').innerText()
  expect(shown).toContain('<script>alert(3)</script>')
  expect(shown).toContain('⟨U+202E⟩elttil')
  expect(await page.locator('main script, main img').count()).toBe(0)
  await page.locator('.screened button', { hasText: 'Report a sighting' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Report a sighting' }).waitFor()
  expect({ dialogs, faults }).toEqual({ dialogs: 0, faults: [] })

  const chairs = 'L1,office chairs,9401.30,12,H87,XV,,\n'
  await upload(page, 'long.csv', `${header}\n${chairs.repeat(5010)}`)
  await page.getByText('Everything from line 5,002 on was not screened').waitFor()
  await upload(page, 'huge.csv', `${header}\n${'x'.repeat(9.5 * 1024 * 1024)}`)
  await page.getByText('larger than a page takes').waitFor()
})

test('a product is found by what one types, and has a card', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page, faults } = await signIn(stage.browser, node, 'officer')
  await page.goto('/products')
  await page.getByRole('searchbox', { name: 'Find a product' }).pressSequentially('stun belt')
  await page.getByRole('heading', { name: '1 product fits' }).waitFor()
  await page.getByRole('link', { name: 'Shock belt, sleeve' }).click()
  await page.getByRole('link', { name: 'Export to XG refused' }).waitFor()
  await page.getByRole('link', { name: 'Card to print' }).click()
  await page.getByRole('img', { name: `${node.url}/products/body-worn-shock-device` }).waitFor()
  expect(faults).toEqual([])
})

const forCustoms = ['/screen', '/screen/kept', '/screen/kept/x', '/screen/report', '/screen/reported/x']

test('who is not customs screens nothing', async ({ skip }) => {
  skip(chromiumPath === undefined, noChromium)
  const { page } = await signIn(stage.browser, node, 'officer')
  const looked = await Promise.all(forCustoms.map(path => page.request.get(path)))
  const origin = new URL(node.url).origin
  const sent = await Promise.all(
    ['/screen', '/screen/keep', '/screen/report', '/screen/kept/x/delete'].map(path =>
      page.request.post(path, { form: { how: 'one', description: 'x' }, headers: { origin } }),
    ),
  )
  expect([...looked, ...sent].map(answer => answer.status())).toEqual(Array.from({ length: 9 }, () => 403))
  const stranger = await stage.browser.newContext({ baseURL: node.url })
  const anonymous = await stranger.request.post('/screen', {
    multipart: { how: 'many', lines: manifest },
    headers: { origin },
  })
  expect(anonymous.status()).toBe(401)
})

async function upload(page: Page, name: string, text: string): Promise<void> {
  await page.goto('/screen')
  await page
    .getByLabel('Or choose a file')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
  await page.getByRole('button', { name: 'Screen the list' }).click()
}

async function asReleaser(
  path: string,
): Promise<{ id: string; draft: { body: object; nominal?: object } }[]> {
  const headers = { authorization: `Bearer ${node.tokens.releaser}` }
  return (await fetch(new URL(path, node.url), { headers })).json()
}
