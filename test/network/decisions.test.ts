import { expect, it } from 'vitest'
import { type Head, type Member, type PrivateJwk, signStop, thumbprint } from '#protocol'
import { demonstrationKey, publicOf } from '../../scripts/alliance.ts'
import { eventually } from '../eventually.ts'
import { HostilePeer } from './hostile-peer.ts'
import { capitalDraft, type Participant, Participants } from './participants.ts'
import { Pen } from './pen.ts'

const newKey = demonstrationKey('test', 'XF', 'second signing')

it('ends a key at a place: what it signed after is void and told, and the log goes on with a new key', async () => {
  await using alliance = await Participants.make()
  const [near, far] = await alliance.openReady(['QN', 'XD'])
  await using hostile = await HostilePeer.open('XF', alliance)
  await hostile.connect([near])
  const pen = new Pen('XF', alliance)
  const written = [pen.next(), pen.next(), pen.next(), pen.next()]
  const [, second, third, fourth] = written as unknown as readonly [Written, Written, Written, Written]
  await hostile.offer(near, [written.map(({ text }) => text)])
  await expectStandings([near, far], written, ['verified', 'verified', 'verified', 'verified'])

  await near.node.desk.adopt([await endAt(alliance, near, { seq: 2, id: second.id })])
  await expectStandings([near, far], written, ['key since retired', 'key since retired', 'void', 'void'])
  for (const { node } of [near, far]) {
    const voided = node.desk.feed.after(0, 100).filter(({ kind }) => kind === 'voided')
    expect(voided.map(({ id }) => id)).toEqual([third.id, fourth.id])
    const listed = await node.desk.notices.list({ standing: 'void', limit: 9 }, { nominal: false })
    expect(listed.map(({ id }) => id)).toEqual([fourth.id, third.id])
  }
  const next = pen.after({ seq: 2, id: second.id }).next({ key: newKey })
  await hostile.offer(near, [[next.text]])
  await expectStandings([near, far], [second, next], ['key since retired', 'verified'])
  expect(near.lines).not.toContainEqual(expect.objectContaining({ text: 'fork proven' }))
})

it('settles a fork: nodes on the other branch void it, fetch the chain that the registry names, and go on', async () => {
  await using alliance = await Participants.make()
  const [one, other, late] = (await alliance.open(['QN', 'XD', 'XE'], { isAlone: true })) as Three
  await using hostile = await HostilePeer.open('XF', alliance)
  await hostile.connect([one, other, late])
  const pen = new Pen('XF', alliance)
  const first = pen.next()
  const left = [pen.next(), pen.next()]
  pen.after({ seq: 1, id: first.id })
  const right = [pen.next({ payload: { iat: 1 } }), pen.next(), pen.next(), pen.next()]
  const end = right[2] as Written
  await hostile.offer(one, [[first, ...left].map(({ text }) => text)])
  await hostile.offer(other, [[first, ...right].map(({ text }) => text)])
  await hostile.offer(late, [[first, ...right.slice(0, 2)].map(({ text }) => text)])
  await expectStandings([one], left, ['verified', 'verified'])
  await expectStandings([other], right, ['verified', 'verified', 'verified', 'verified'])

  const addresses = [one, other, late].flatMap(({ node }) => node.addresses())
  for (const { node } of [one, other, late]) await node.connectTo(addresses)
  const fork = { text: 'fork proven', issuer: 'XF', seq: 2 }
  for (const { lines } of [one, other, late]) {
    await eventually(() => expect(lines).toContainEqual(expect.objectContaining(fork)))
  }
  await expectStandings([one], [first, ...left], ['verified', 'disputed', 'disputed'])

  await one.node.desk.adopt([await endAt(alliance, one, { seq: 4, id: end.id })])
  const retired = 'key since retired'
  await expectStandings(
    [one],
    [first, ...left, ...right.slice(0, 3)],
    [retired, 'void', 'void', retired, retired, retired],
  )
  await expectStandings([other], [first, ...right], [retired, retired, retired, retired, 'void'])
  await expectStandings([late], [first, ...right.slice(0, 3)], [retired, retired, retired, retired])

  const next = pen.after({ seq: 4, id: end.id }).next({ key: newKey })
  await hostile.offer(one, [[next.text]])
  await expectStandings([one, other, late], [end, next], [retired, 'verified'])
  for (const { lines } of [one, other, late]) {
    expect(lines).toContainEqual(expect.objectContaining({ text: 'fork settled by the registry' }))
  }
})

it('honours a stop at once and everywhere, and until the registry decides', async () => {
  await using alliance = await Participants.make()
  const [near, far] = await alliance.openReady(['QN', 'XD'])
  await using hostile = await HostilePeer.open('XF', alliance)
  await hostile.connect([near])
  const pen = new Pen('XF', alliance)
  const [first, second, third] = [pen.next(), pen.next(), pen.next()]
  await hostile.offer(near, [[first.text, second.text]])
  await expectStandings([near, far], [first, second], ['verified', 'verified'])

  const { signing, recovery } = alliance.keysOf('XF')
  const stop = await signStop({
    stop: {
      net: alliance.registry.net,
      member: 'XF',
      kid: thumbprint(signing),
      channel: 'torture',
      head: { seq: 1, id: first.id },
      reason: 'The signing machine was stolen.',
      iat: 1_790_000_000,
    },
    key: recovery,
  })
  expect(await near.node.desk.adopt([{ kind: 'stop', ...stop }])).toHaveLength(1)
  expect(await near.node.desk.adopt([{ kind: 'stop', ...stop }])).toEqual([])
  await expectStandings([near, far], [first, second], ['verified', 'disputed'])
  await hostile.offer(near, [[third.text]])
  const refused = { code: 'key-stopped', issuer: 'XF', seq: 3 }
  await eventually(() => expect(near.lines).toContainEqual(expect.objectContaining(refused)))

  // Who was away hears of it with the first answer.
  const [late] = await alliance.openReady(['XE'])
  await expectStandings([late], [first, second], ['verified', undefined])

  await far.node.desk.adopt([await endAt(alliance, far, { seq: 1, id: first.id })])
  await expectStandings([near, far], [first, second], ['key since retired', 'void'])
  await expectStandings([late], [first], ['key since retired'])
  const wrong = { ...stop, signatures: ['x'] }
  await expect(near.node.desk.adopt([{ kind: 'stop', ...wrong }])).rejects.toMatchObject({
    code: 'text-not-canonical',
  })
})

it('hangs up on a suspended member at once, and never lets it in again', async () => {
  await using alliance = await Participants.make()
  const [near, far] = await alliance.openReady(['QN', 'XD', 'QM'])
  const notice = await near.issue()
  const statusOf = ({ node }: Participant) =>
    node.desk.network().participants.find(({ member }) => member === 'QM')?.status
  await eventually(() => expect(statusOf(near)).toBe('up to date'))
  const suspended = await alliance.nextMembers(near.node.desk.registry(), members => {
    const member = memberIn(members.members, 'QM')
    member.status = 'suspended'
    for (const key of member.signing) key.end = endOf(key.from, {})
  })
  await near.node.desk.adopt([suspended])
  for (const participant of [near, far])
    await eventually(() => expect(statusOf(participant)).toBe('suspended'))
  expect((await far.notices()).map(({ id }) => id)).toContain(notice.id)
  const { id } = await near.issue()
  await expectStandings([far], [{ id }], ['verified'])
})

it('gives a channel to who joins it, and takes its parts away from who leaves', async () => {
  await using alliance = await Participants.make()
  const [qm, xe] = await alliance.openReady(['QM', 'XE', 'QN'], { catchUpSeconds: 60 })
  const gallows = await qm.issue(capitalDraft())
  expect(gallows.channel).toBe('capital')
  expect(await xe.notices()).toEqual([])

  const joined = await alliance.nextMembers(qm.node.desk.registry(), members => {
    const member = memberIn(members.members, 'XE')
    member.channels = ['torture', 'capital']
    for (const key of member.signing) key.from = { torture: 1, capital: 1 }
  })
  await xe.node.desk.adopt([joined])
  await eventually(async () => expect((await xe.notices())[0]?.body).toEqual(gallows.body))

  const left = await alliance.nextMembers(xe.node.desk.registry(), members => {
    const member = memberIn(members.members, 'XE')
    member.channels = ['torture']
    for (const key of member.signing) key.end = endOf(key.from, {})
  })
  await qm.node.desk.adopt([left])
  await eventually(async () => expect((await xe.notices())[0]?.body).toBeUndefined())

  const again = await alliance.nextMembers(xe.node.desk.registry(), members => {
    const member = memberIn(members.members, 'XE')
    member.channels = ['torture', 'capital']
  })
  await qm.node.desk.adopt([again])
  await eventually(async () => expect((await xe.notices())[0]?.body).toEqual(gallows.body))
})

type Three = [Participant, Participant, Participant]
type Written = Pick<ReturnType<Pen['next']>, 'id' | 'text'>

function endOf(from: Record<string, number>, places: Record<string, { seq: number; id: string | null }>) {
  return Object.fromEntries(
    Object.keys(from).map(channel => [channel, places[channel] ?? { seq: 0, id: null }]),
  )
}

function memberIn(members: Member[], id: string): Member {
  const member = members.find(each => each.id === id)
  if (member === undefined) throw new TypeError(`There is no member ${id}.`)
  return member
}

/** Ends XF's key at this notice of `torture`, and gives it a new one from the next place on. */
function endAt(alliance: Participants, { node }: Participant, { seq, id }: Head) {
  return alliance.nextMembers(node.desk.registry(), members => {
    const member = memberIn(members.members, 'XF')
    for (const key of member.signing) {
      key.end = endOf(key.from, { torture: { seq, id } })
      key.reason = 'The signing machine was stolen.'
    }
    member.signing.push({ ...registered(newKey), from: { torture: seq + 1 } })
  })
}

function registered(key: PrivateJwk) {
  return { kid: thumbprint(key), jwk: publicOf(key) }
}

async function expectStandings(
  participants: readonly Participant[],
  written: readonly Pick<Written, 'id'>[],
  standings: readonly (string | undefined)[],
): Promise<void> {
  for (const { node, member } of participants) {
    await eventually(async () => {
      const found = await Promise.all(
        written.map(async ({ id }) => (await node.desk.notices.find(id, { nominal: true }))?.standing),
      )
      expect(found, member).toEqual(standings)
    })
  }
}
