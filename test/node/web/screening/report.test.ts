import { afterAll, beforeAll, expect, test } from 'vitest'
import { goodsList } from '#protocol'
import { exampleOf } from '../../api/open-test-api.ts'
import { openTestOffice, type TestOffice } from '../open-test-office.ts'

let at: TestOffice
let cookies: Record<string, string>
const [item] = goodsList.items.filter(
  ({ casNumbers, hsCodes }) => casNumbers.length === 0 && hsCodes.length > 0,
)
const bare = { description: 'steel tubes', quantity: { value: 20, unit: 'H87' } }

beforeAll(async () => {
  at = await openTestOffice()
  cookies = await at.signedIn(await at.add('Officer', ['customs']))
})
afterAll(() => at[Symbol.asyncDispose]())

function post(fields: Record<string, string>) {
  return at.ask('POST', '/screen/report', { cookies, payload: String(new URLSearchParams(fields)) })
}

function opened(consignment: object, about = `item:${item?.id}`) {
  return post({ consignment: JSON.stringify(consignment), about })
}

function drafted(more: Record<string, string>) {
  return post({
    do: 'draft',
    consignment: JSON.stringify(bare),
    about: `item:${item?.id}`,
    verdict: 'not-the-product',
    direction: 'transit',
    'place.unlocode': 'QMPRT',
    'found.quantity.value': '20',
    'found.quantity.rec20': 'H87',
    ...more,
  })
}

const codeField = (text: string) => /<input[^>]*name="consignment\.hs\.code"[^>]*>/.exec(text)?.[0]

test('the customs code is the declared one; where there is none the usual ones are proposed, and none is filled in', async () => {
  const known = await opened({ ...bare, hs: { code: '9403.20' } })
  expect(codeField(known.text)).toContain('value="940320"')
  const unknown = await opened(bare)
  expect(codeField(unknown.text)).not.toMatch(/value="\d/)
  expect(unknown.text).toContain(`<option value="${item?.hsCodes[0]?.slice(0, 6)}">`)
  const alert = exampleOf('alert')
  const hsLikely = [{ code: '854370', edition: 'HS2022', ex: true, why: 'It gives shocks.' }]
  const { id } = at.office.desk.admit({ ...alert, body: { ...alert.body, hsLikely } })
  expect((await opened(bare, `notice:${id}`)).text).toContain('<option value="854370">')
})

test('a code that is missing is asked for at its field, and only there', async () => {
  const { status, text } = await drafted({})
  expect(status).toBe(422)
  expect(codeField(text)).toContain('aria-invalid="true"')
  expect(text.match(/aria-invalid="true"/g)).toHaveLength(1)
})

test('with a code the false alarm is drafted as what was declared, or as what was found', async () => {
  const goodsDrafted = async (more: Record<string, string>) => {
    const { location = '' } = await drafted({ 'consignment.hs.code': '9403.20', ...more })
    const id = decodeURIComponent(location.replace('/screen/reported/', ''))
    return at.office.desk.drafts.find(id)?.draft.body.goods
  }
  expect(await goodsDrafted({})).toMatchObject([
    {
      unlisted: { description: 'steel tubes' },
      hs: { code: '940320' },
      declared: { hs: { code: '940320' } },
    },
  ])
  expect(await goodsDrafted({ 'found.unlisted': 'Bench screws' })).toMatchObject([
    { unlisted: { description: 'Bench screws' } },
  ])
})
