import { expect, test } from 'vitest'
import { canonical, parseNotice } from '#protocol'
import { exampleDraft, type Participant, Participants, releaser } from './participants.ts'

// Trap 23: what is signed is what was sent, or nothing. Each text is posted to a real node as it stands, released by
// another person, and the signed part is compared with what was meant, member by member.

const draft = exampleDraft('denial')
const plain = JSON.stringify(draft)
/** A text and a number of the example, as they stand in it. */
const words = draft.body.groundsSummary as string
const [{ quantity }] = draft.body.goods as [{ quantity: { value: number } }]

/** The draft with other words, written as they are given. */
function saying(written: string): string {
  return plain.replace(JSON.stringify(words), written)
}

function counting(written: string): string {
  return plain.replace(`"value":${quantity.value}`, `"value":${written}`)
}

/** What is signed must say this, or must be exactly what JSON.parse reads. */
type Meant = { words?: string; number?: number }

const taken: [name: string, sent: string | Buffer, meant: Meant][] = [
  ['as it is', plain, {}],
  ['with spaces and line ends', JSON.stringify(draft, null, '\t').replaceAll('\n', '\r\n'), {}],
  ['with its members in another order', JSON.stringify(reversed(draft)), {}],
  ['with a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(plain)]), {}],
  ['with letters as escapes', saying('"\\u0041 \\u00e9\\/\\u003c"'), { words: 'A é/<' }],
  ['with letters beyond the first plane', saying('"\\ud83d\\ude00 𝔘"'), { words: '😀 𝔘' }],
  ['with composed letters', saying('"caf\u00e9"'), { words: 'caf\u00e9' }],
  ['with HTML', saying('"<b>&amp;</b>"'), { words: '<b>&amp;</b>' }],
  ['with a quote and a backslash', saying('"a \\"b\\" \\\\ c"'), { words: 'a "b" \\ c' }],
  ['with the words null and true', saying('"null true 1e2"'), { words: 'null true 1e2' }],
  ['with Arabic and Cyrillic', saying('"مرفوض отказ"'), { words: 'مرفوض отказ' }],
  ['with an exponent', counting('1e2'), { number: 100 }],
  ['with a fraction of nothing', counting('1.0'), { number: 1 }],
  ['with a fraction', counting('0.1'), { number: 0.1 }],
  ['with more digits than are kept', counting('0.1000000000000000055'), { number: 0.1 }],
  ['with nothing that has a sign', counting('-0'), { number: 0 }],
  ['with a large whole number', counting('1000000000'), { number: 1e9 }],
  ['with an exponent that is large', counting('1E+3'), { number: 1000 }],
]

const refused: [name: string, sent: string | Buffer][] = [
  ['a member twice', plain.replace('"type":', '"type":"alert","type":')],
  ['a member twice, once as an escape', plain.replace('"type":', '"t\\u0079pe":"alert","type":')],
  ['a member twice, deep inside', counting(`7,"value":${quantity.value}`)],
  ['a whole number that no double holds', counting('9007199254740993')],
  ['a whole number of many digits', counting('1'.repeat(30))],
  ['a number without end', counting('1e400')],
  ['a number that is nothing in the end', counting('1e-400')],
  ['a number as text', counting('"12"')],
  ['a number below nothing', counting('-0.5')],
  ['a number that begins with nothing', counting('012')],
  ['half a letter', saying('"\\ud83d"')],
  ['half a letter, the other half', saying('"\\ude00 a"')],
  ['a byte that is no UTF-8', brokenUtf8()],
  ['UTF-16', Buffer.from(plain, 'utf16le')],
  ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(plain, 'utf16le')])],
  ['a comma too many', plain.replace(/\}$/, ',}')],
  ['a comment', `/* a denial */${plain}`],
  ['single quotes', plain.replaceAll('"', "'")],
  ['two texts', `${plain}${plain}`],
  ['a control character', saying('"a\\u0007b"')],
  ['a bidi override', saying('"a\\u202eb"')],
  ['null for a text', saying('null')],
  ['null where it may be left out', plain.replace('"type":', '"exercise":null,"type":')],
  ['a truth as text', plain.replace('"exercise":true', '"exercise":"true"')],
  ['__proto__', plain.replace('"type":', '"__proto__":{"exercise":false},"type":')],
  ['constructor.prototype', plain.replace('"type":', '"constructor":{"prototype":{}},"type":')],
  ['members nobody knows', plain.replace('"type":', '"issuer":"QN","type":')],
  ['many levels', saying(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)],
  ['a list', `[${plain}]`],
]

test('odd bodies never change what is signed', async () => {
  expect(taken.length + refused.length).toBeGreaterThanOrEqual(40)
  await using alone = await Participants.make(1)
  const [node] = await alone.openReady(['QM'])
  const post = await poster(node)
  for (const [name, sent, meant] of taken) {
    const { status, id } = await post(sent)
    expect([name, status]).toEqual([name, 201])
    const signed = await signedBody(node, alone.registry.net, id)
    const parsed = JSON.parse(
      Buffer.from(sent)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    ) as typeof draft
    expect([name, canonical(signed)]).toEqual([name, canonical(parsed.body)])
    const [goods] = signed.goods as [{ quantity: { value: number } }]
    if (meant.words !== undefined) expect([name, signed.groundsSummary]).toEqual([name, meant.words])
    if (meant.number !== undefined) expect([name, goods.quantity.value]).toEqual([name, meant.number])
  }
  for (const [name, sent] of refused) {
    const { status } = await post(sent)
    expect([name, [400, 422].includes(status)]).toEqual([name, true])
  }
  expect(await node.node.desk.drafts.list()).toEqual([])
})

async function poster({ node }: Participant) {
  const person = await node.people.add({ name: 'Officer', roles: ['officer'] })
  const { secret } = await node.people.createToken({ person: person.id, label: 'test', days: 1 })
  return async (body: string | Buffer) => {
    const answer = await fetch(`${node.url}/v1/drafts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: new Uint8Array(Buffer.from(body)),
    })
    const { id = '' } = (await answer.json()) as { id?: string }
    return { status: answer.status, id }
  }
}

/** The body part of the signed text of the notice that this draft becomes. */
async function signedBody({ node }: Participant, net: string, draftId: string) {
  const { id } = await node.desk.release(draftId, releaser)
  const { parts } = parseNotice(node.desk.notices.text(id, { nominal: true }) ?? '', { net })
  return parts.find(({ name }) => name === 'body')?.value as typeof draft.body
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(reversed)
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, each]) => [name, reversed(each)]),
  )
}

/** The draft with one byte in its words that begins a letter and does not end it. */
function brokenUtf8(): Buffer {
  const [before = '', after = ''] = saying('"caf|e"').split('|')
  return Buffer.concat([Buffer.from(before), Buffer.from([0xc3]), Buffer.from(after)])
}
