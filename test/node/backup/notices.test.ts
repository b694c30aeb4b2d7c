import { afterAll, beforeAll, expect, test } from 'vitest'
import { canonical, forkBetween, forkProofText, parseEnvelope, signStop, thumbprint } from '#protocol'
import { SignedRows } from '../../../node/backup/notices.ts'
import type { Row } from '../../../node/backup/rows-text.ts'
import type { Written } from '../../../scripts/vectors/writing.ts'
import { Participants } from '../../network/participants.ts'
import { Pen } from '../../network/pen.ts'

// What a store holds beside the logs: void notices, proofs of forks, stops.

let alliance: Participants

beforeAll(async () => {
  alliance = await Participants.make(2)
})
afterAll(() => alliance[Symbol.asyncDispose]())

test.each<[string, () => Promise<Row[]>]>([
  ['a void notice', voidRows],
  ['a proof of a fork', forkRows],
  ['a stop', stopRows],
])('%s is verified by its signature', async (_, rowsOf) => {
  const rows = await rowsOf()
  await expect(seen(rows)).resolves.toBeUndefined()
  const changed = rows.map(([key, value]): Row => [key, changeSignature(value)])
  expect(changed).not.toEqual(rows)
  await expect(seen(changed)).rejects.toMatchObject({ code: 'backup-invalid' })
})

test('a void notice that was erased in part holds no erased part', async () => {
  const [row, text] = await voidRows()
  if (row === undefined || text === undefined) throw new TypeError('no rows')
  const id = row[0].replace('notice!', '')
  await expect(seen([[`erased!${id}!body`, '1790000000'], row, text])).rejects.toMatchObject({
    code: 'backup-invalid',
  })
})

async function seen(rows: Row[]): Promise<void> {
  const signed = new SignedRows(alliance.registry)
  await signed.see(rows)
  signed.finish()
}

async function voidRows(): Promise<Row[]> {
  const written = new Pen('QM', alliance).next()
  const kid = thumbprint(alliance.keysOf('QM').signing)
  const parts = written.disclosures.map(text => `body/channel/${text}`)
  return [
    [`notice!${written.id}`, `${kid} torture QM 1 denial 1 sync QN 1790000000 void  `],
    [`void!${kid}!${written.id}`, [written.id, written.jws, ...parts].join(' ')],
  ]
}

async function forkRows(): Promise<Row[]> {
  const first = envelopeOf(new Pen('QM', alliance).next())
  const second = envelopeOf(new Pen('QM', alliance).next({ payload: { iat: 1_777_896_001 } }))
  const proof = forkBetween(first, second)
  if (proof === undefined) throw new TypeError('no fork')
  return [['fork!torture!QM', JSON.stringify({ text: forkProofText(proof) })]]
}

async function stopRows(): Promise<Row[]> {
  const { signing, recovery } = alliance.keysOf('QM')
  const kid = thumbprint(signing)
  const about = { net: alliance.registry.net, member: 'QM', kid, channel: 'torture' }
  const stop = { ...about, head: { seq: 0, id: null }, reason: 'It was stolen.', iat: 1_777_896_000 }
  const signed = await signStop({ stop, key: recovery })
  return [[`stop!${kid}!torture`, JSON.stringify({ text: canonical({ ...signed }) })]]
}

function envelopeOf({ jws }: Written) {
  return parseEnvelope(jws, { net: alliance.registry.net })
}

/** Of each compact JWS in the text the first character of its signature. */
function changeSignature(text: string): string {
  return text.replaceAll(
    /([\w-]+\.[\w-]*\.)([\w-])(?=[\w-]{85})/g,
    (_, before, first) => `${before}${first === 'B' ? 'C' : 'B'}`,
  )
}
