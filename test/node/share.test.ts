import { expect, onTestFinished, test } from 'vitest'
import { limits } from '#protocol'
import type { Admission } from '../../node/admission.ts'
import { type Ask, Share } from '../../node/share.ts'
import { admit, newAdmission, newLog, temporaryStore, type Wanted } from './store/builders.ts'

const parts: NonNullable<Wanted['parts']> = {
  body: { value: { text: 'for all' }, to: 'channel' },
  nominal: { value: { p1: 'Kestrel' }, to: 'named' },
  readers: { value: ['QN'], to: 'named' },
}

test('a reader is given what it lacks, in the order of each log, and nothing twice', async () => {
  const [long, short] = [newLog(1200), newLog(2, { issuer: 'XD' })]
  const share = await newShare([...long, ...short])
  const frontier = { torture: { QM: [600, long[599]?.envelope.id ?? ''] as [number, string] } }
  const given = jwsOf(share, { frontier })
  expect(given).toHaveLength(602)
  for (const lacking of [long.slice(600), short]) {
    const texts = lacking.map(({ envelope }) => envelope.jws)
    expect(given.filter(text => texts.includes(text))).toEqual(texts)
  }
  expect(jwsOf(share, { frontier: share.frontier(['torture']) })).toEqual([])
})

test('of a channel that was not asked for nothing is told or given', async () => {
  const share = await newShare([...newLog(1), ...newLog(3, { channel: 'capital' })])
  expect(share.frontier(['torture'])).not.toHaveProperty('capital')
  expect(jwsOf(share, { channels: ['torture'] })).toHaveLength(1)
  expect(share.frontier(['capital', 'empty'])).toMatchObject({ empty: {} })
})

test.each([
  { reader: 'QN', what: 'a named reader', given: 3 },
  { reader: 'QM', what: 'the issuer', given: 3 },
  { reader: 'XD', what: 'anyone else', given: 1 },
])(
  '$what is given $given of three parts, by the log and by asking for the notice',
  async ({ reader, given }) => {
    const admission = newAdmission({ parts })
    const share = await newShare([admission])
    const { id } = admission.envelope
    for (const ask of [{ reader }, { reader, frontier: share.frontier(['torture']), want: [id] }]) {
      const [text = ''] = textsOf(share, ask)
      expect(text.split('~').slice(1, -1)).toHaveLength(given)
      expect(text.includes(partText(admission, 'nominal'))).toBe(given === 3)
    }
  },
)

test('a notice is not given for its id to who has not joined its channel', async () => {
  const admission = newAdmission({ channel: 'capital' })
  const share = await newShare([admission])
  expect(textsOf(share, { channels: ['torture'], want: [admission.envelope.id] })).toEqual([])
  expect(
    textsOf(share, {
      channels: ['capital'],
      frontier: share.frontier(['capital']),
      want: [admission.envelope.id],
    }),
  ).toHaveLength(1)
})

test('a reader has its parts once it came back, holds the notice and wants them no more', async () => {
  const admission = newAdmission({ parts })
  const share = await newShare([admission])
  const { id } = admission.envelope
  const frontier = share.frontier(['torture'])
  expect(share.hasParts('QN', id)).toBe(false)
  textsOf(share, { reader: 'QN' })
  expect(share.hasParts('QN', id)).toBe(false)
  textsOf(share, { reader: 'QN', frontier, want: [id] })
  expect(share.hasParts('QN', id)).toBe(false)
  textsOf(share, { reader: 'QN', frontier })
  expect([share.hasParts('QN', id), share.hasParts('XD', id)]).toEqual([true, false])
})

test('notices without all their parts are asked for, more than fit one ask in turns', async () => {
  const log = newLog(limits.wantedIdsPerSync + 10, { withheld: ['body'], wanted: ['body'] })
  const share = await newShare(log)
  const [first, second] = [share.wanted(), share.wanted()]
  expect(first).toHaveLength(limits.wantedIdsPerSync)
  expect(new Set([...first, ...second])).toEqual(new Set(log.map(({ envelope }) => envelope.id)))
})

async function newShare(admissions: readonly Admission[]): Promise<Share> {
  const store = await temporaryStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  await admit(store, admissions)
  return new Share({ store, wantedLogs: () => [] })
}

function textsOf(share: Share, ask: Partial<Ask>): string[] {
  return [...share.notices({ reader: 'XE', channels: ['torture'], frontier: {}, want: [], ...ask })]
}

function jwsOf(share: Share, ask: Partial<Ask>): string[] {
  return textsOf(share, ask).map(text => text.split('~')[0] ?? '')
}

function partText({ parts }: Admission, name: string): string {
  return parts.find(part => part.name === name)?.text ?? 'no such part'
}
