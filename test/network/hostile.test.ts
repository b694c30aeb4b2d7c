import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ErrorCode, type Json, limits } from '#protocol'
import { base64url, bodyForAll, saltOf, type Written } from '../../scripts/vectors/writing.ts'
import { eventually } from '../eventually.ts'
import { type BadNotice, badEnvelopes, badParts } from './bad-notices.ts'
import { foundIn } from './bytes.ts'
import { HostilePeer } from './hostile-peer.ts'
import { countOf, verdictsOf } from './metrics.ts'
import { exampleDraft, type Participant, Participants } from './participants.ts'
import { Pen } from './pen.ts'

describe('from a hostile member', () => {
  const members = ['XE', 'XH', 'DEMO07', 'DEMO08', 'DEMO09', 'DEMO10', 'DEMO11']
  let alliance: Participants
  let honest: [Participant, Participant, Participant]
  const hostiles = new AsyncDisposableStack()
  let hostile: HostilePeer
  let sent = 0
  const refused: string[] = []

  beforeAll(async () => {
    alliance = await Participants.make(11)
    honest = await alliance.openReady(['QM', 'QN', 'XD'])
  })

  afterAll(async () => {
    await hostiles.disposeAsync()
    await alliance[Symbol.asyncDispose]()
  })

  /** A peer with a few rejected texts is cut off, so every so often another member turns hostile. */
  async function nextHostile(member = members.shift()): Promise<void> {
    if (member === undefined) throw new TypeError('no member is left to turn hostile')
    hostile = hostiles.use(await HostilePeer.open(member, alliance))
    await hostile.connect(honest)
  }

  it.each([...badEnvelopes, ...badParts])(
    'refuses by gossip $name: $code',
    async ({ code, verdict, text }) => {
      if (sent++ % 5 === 0) await nextHostile()
      const before = await Promise.all(honest.map(each => judgedBy(each, { code, verdict, road: 'gossip' })))
      const bad = text(new Pen(hostile.member, alliance))
      refused.push(bad)
      await hostile.gossip(bad)
      for (const [at, participant] of honest.entries()) {
        const { feed = 0, refused = 0, judged = 0 } = before[at] ?? {}
        await eventually(async () =>
          expect(await judgedBy(participant, { code, verdict, road: 'gossip' })).toEqual({
            feed,
            refused: refused + 1,
            judged: judged + 1,
          }),
        )
        expect(participant.lines).toContainEqual(
          expect.objectContaining({ level: 'warn', code, road: 'gossip', from: hostile.member }),
        )
      }
      await expectNextEverywhere(honest)
    },
  )

  it.each(badEnvelopes)('refuses in an answer to catch-up $name: $code', async ({ code, text }) => {
    const [asker] = honest
    const before = await judgedBy(asker, { code, road: 'sync' })
    const bad = text(new Pen(hostile.member, alliance))
    refused.push(bad)
    await hostile.offer(asker, [[bad]])
    await eventually(async () =>
      expect(await judgedBy(asker, { code, road: 'sync' })).toEqual({
        ...before,
        refused: before.refused + 1,
      }),
    )
    await expectNextEverywhere(honest)
  })

  it('refuses an answer in a channel that its issuer may not speak in: no-authority', async () => {
    const [asker] = honest
    await nextHostile('XF')
    const before = await judgedBy(asker, { code: 'no-authority', road: 'sync' })
    const bad = new Pen('XE', alliance).write({ payload: { channel: 'capital' } }).text
    refused.push(bad)
    await hostile.offer(asker, [[bad]], { torture: {}, capital: {} })
    await eventually(async () =>
      expect(await judgedBy(asker, { code: 'no-authority', road: 'sync' })).toEqual({
        ...before,
        refused: before.refused + 1,
      }),
    )
  })

  it('ends a catch-up whose frames do not follow their form: frame-malformed', async () => {
    const [asker] = honest
    const failures = () => countOf(asker, 'catch_up_failures', { code: 'frame-malformed' })
    const before = await failures()
    await hostile.offer(asker, [Array.from({ length: limits.noticesPerSyncPage + 1 }, () => 'text')])
    await eventually(async () => expect(await failures()).toBe(before + 1))
    expect(asker.lines).toContainEqual(expect.objectContaining({ level: 'warn', code: 'frame-malformed' }))
    await expectNextEverywhere(honest)
  })

  it('takes an honest notice once, however often it is replayed: already-held', async () => {
    const [issuer, other] = honest
    const { id } = await issuer.issue(exampleDraft('alert'))
    await eventually(async () => expect((await other.notices()).at(-1)?.id).toBe(id))
    const text = issuer.node.desk.notices.text(id, { nominal: true }) ?? ''
    await hostile.offer(other, [[text, text, text]])
    await eventually(() => expect(replaysFrom(hostile, other, 'sync')).toBeGreaterThanOrEqual(3))
    expect(await countOf(other, 'refused', { code: 'already-held', road: 'sync' })).toBeGreaterThanOrEqual(3)

    // A node that was started again has forgotten which messages it has seen.
    await alliance.close('XD')
    const [again] = await alliance.openReady(['XD'], { isNew: false })
    honest[2] = again
    await using replayer = await HostilePeer.open(members.shift() ?? '', alliance)
    await replayer.connect([again])
    const feed = again.node.desk.feed.last()
    await replayer.gossip(text)
    await eventually(() => expect(replaysFrom(replayer, again, 'gossip')).toBe(1))
    expect(again.node.desk.feed.last()).toBe(feed)
    expect((await again.notices()).filter(notice => notice.id === id)).toHaveLength(1)
  })

  it('puts notices that come out of order into their order: gap', async () => {
    const pen = new Pen('XF', alliance)
    const [first, second, third, fourth, fifth, sixth] = Array.from({ length: 6 }, () => pen.next())
    const [asker] = honest
    for (const written of [third, second, first]) await hostile.gossip(written?.text ?? '')
    await expectLog(honest, 'XF', [first, second, third])
    await hostile.offer(asker, [[sixth, fifth, fourth].map(written => written?.text ?? '')])
    await expectLog(honest, 'XF', [first, second, third, fourth, fifth, sixth])
    expect(await countOf(asker, 'refused', { code: 'gap', road: 'gossip' })).toBeGreaterThan(0)
    expect(await countOf(asker, 'refused', { code: 'gap', road: 'sync' })).toBeGreaterThan(0)
  })

  it('keeps the envelope and drops the part that the issuer did not sign', async () => {
    const [asker] = honest
    const pen = new Pen('XF', alliance).after(await headOf(asker, 'XF'))
    const cases = [
      { code: 'part-not-committed', carried: () => [base64url(`["${saltOf('forged')}","body",{}]`)] },
      { code: 'part-duplicated', carried: ([body = '']: readonly string[]) => [body, body] },
      { code: 'part-malformed', carried: () => [base64url('["short","body",{}]')] },
    ] as const
    const written = cases.map(({ carried }) => pen.next({ carried }))
    await hostile.offer(asker, [written.map(({ text }) => text)])
    await eventually(async () => expect((await asker.notices()).at(-1)?.id).toBe(written.at(-1)?.id))
    for (const { code } of cases) {
      expect(await countOf(asker, 'refused', { code, road: 'sync' })).toBe(1)
      expect(asker.lines).toContainEqual(
        expect.objectContaining({ level: 'warn', code, road: 'sync', from: 'XF' }),
      )
    }
    const held = (await asker.notices()).slice(-3).map(({ parts }) => parts.map(part => part.held))
    expect(held).toEqual([[false], [true], [false]])
  })

  it('keeps and flags what does not follow its form, and goes on with the log', async () => {
    const pen = new Pen('XF', alliance).after(await headOf(honest[0], 'XF'))
    const strange: { flag?: string; value: Json; payload?: { [member: string]: Json } }[] = [
      { flag: 'body-form', value: { text: 'not of its form' } },
      { flag: 'body-form', value: 'no object' },
      { flag: 'body-form', value: null },
      { flag: 'body-form', value: { ...exampleDraft('denial').body, groundsSummary: 'turned \u202e round' } },
      { flag: 'body-form', value: { ...exampleDraft('denial').body, groundsSummary: 'two\u0000words' } },
      { flag: 'body-form', value: JSON.parse('{"__proto__":{"isAdmin":true},"text":{"en":"x"}}') },
      { flag: 'type-unknown', value: { text: 'of a later version' }, payload: { type: 'inspection' } },
      { flag: 'clock-ahead', value: exampleDraft('denial').body, payload: { iat: 9_999_999_999 } },
      { flag: 'clock-back', value: exampleDraft('denial').body, payload: { iat: 1 } },
      { value: exampleDraft('denial').body, payload: { iat: 9_999_999_999 } },
    ]
    const written = strange.map(({ value, payload }) =>
      pen.next({ parts: [{ ...bodyForAll, value }], ...(payload && { payload }) }),
    )
    for (const { text } of written) await hostile.gossip(text)
    await eventually(async () => {
      for (const participant of honest) expect((await headOf(participant, 'XF')).id).toBe(written.at(-1)?.id)
    })
    for (const { notices } of honest) {
      const kept = (await notices()).filter(({ id }) => written.some(each => each.id === id))
      expect(kept.map(({ id }) => id)).toEqual(written.map(({ id }) => id))
      for (const [at, { flag }] of strange.entries()) if (flag) expect(kept[at]?.flags).toContain(flag)
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('has none of what was refused in any file', async () => {
    const [{ dataDir, node }] = honest
    const [{ id = '' } = {}] = await node.desk.notices.list({ limit: 1 }, { nominal: true })
    const good = signaturesOf([node.desk.notices.text(id, { nominal: true }) ?? ''])
    await hostiles.disposeAsync()
    for (const member of ['QM', 'QN', 'XD']) await alliance.close(member)
    const signatures = signaturesOf(refused)
    expect(signatures.length).toBeGreaterThan(20)
    for (const participant of honest) expect(await foundIn(participant.dataDir, signatures)).toEqual([])
    expect(await foundIn(dataDir, good)).toEqual(good)
  })
})

/** The signatures of these texts that are none of zeros, as far as they have one. */
function signaturesOf(texts: readonly string[]): string[] {
  const signatures = texts.flatMap(text => /^[^.~]+\.[^.~]+\.([^.~]+)~/.exec(text)?.[1]?.slice(0, 40) ?? [])
  return signatures.filter(signature => !/^A+$/.test(signature))
}

async function headOf({ notices }: Participant, issuer: string): Promise<{ seq: number; id: string }> {
  const head = (await notices()).findLast(notice => notice.issuer === issuer)
  if (head === undefined) throw new TypeError(`There is no notice of ${issuer}.`)
  return head
}

async function expectLog(
  participants: readonly Participant[],
  member: string,
  log: readonly (Written | undefined)[],
): Promise<void> {
  for (const { notices } of participants) {
    await eventually(async () => {
      const held = (await notices()).filter(({ issuer }) => issuer === member)
      expect(held.map(({ id }) => id)).toEqual(log.map(written => written?.id))
    })
  }
}

/** What one participant has told of refusals, and how far its feed goes. */
async function judgedBy(
  participant: Participant,
  { code, verdict, road }: { code: ErrorCode; verdict?: BadNotice['verdict']; road: 'gossip' | 'sync' },
): Promise<{ feed: number; refused: number; judged: number }> {
  return {
    feed: participant.node.desk.feed.last(),
    refused: await countOf(participant, 'refused', { code, road }),
    judged: verdict === undefined ? 0 : await verdictsOf(participant, verdict),
  }
}

/** How often a participant has told that this peer brought what it holds already. */
function replaysFrom({ member }: HostilePeer, { lines }: Participant, way: 'gossip' | 'sync'): number {
  return lines.filter(({ code, road, from }) => code === 'already-held' && road === way && from === member)
    .length
}

/** The honest log is unharmed: its next notice arrives. */
async function expectNextEverywhere([issuer, ...others]: [Participant, ...Participant[]]): Promise<void> {
  const { id, seq } = await issuer.issue(exampleDraft('sighting'))
  for (const other of others) {
    await eventually(async () => expect((await other.notices()).at(-1)).toMatchObject({ id, seq }))
  }
}
