import { expect, onTestFinished, test } from 'vitest'
import type { OfferedDocument } from '../../node/desk/desk.ts'
import { eventually } from '../eventually.ts'
import { type Participant, Participants } from './participants.ts'

test('a suspended member is told that all refuse it, and with the members document in hand, why', async () => {
  const alliance = await Participants.make(3)
  onTestFinished(() => alliance[Symbol.asyncDispose]())
  const [QM, QN] = await alliance.openReady(['QM', 'QN'])
  const third =
    alliance.registry.members.members.map(({ id }) => id).find(id => !['QM', 'QN'].includes(id)) ?? ''
  const [removed] = await alliance.openReady([third])
  await QM.issue()
  await eventually(async () => expect(await removed.notices()).toHaveLength(1))
  const document = await suspensionOf(alliance, third)

  for (const { node } of [QM, QN]) await node.desk.adopt([document])
  await eventually(() => {
    const { participants, alarms } = removed.node.desk.network()
    expect(participants.slice(1).map(({ status, connected }) => [status, connected])).toEqual(
      Array(2).fill(['refusing us', false]),
    )
    expect(alarms.map(({ code }) => code)).toContain('refused-by-all')
  })

  await removed.node.desk.adopt([document])
  const { signing, channels, participants } = removed.node.desk.network()
  expect(signing.reason).toContain(`${third} is suspended`)
  expect(channels.map(({ state, key }) => [state, key])).toEqual(
    Array(channels.length).fill(['stopped', undefined]),
  )
  expect(participants[0]).toMatchObject({ member: third, status: 'suspended' })
  await expect(removed.issue()).rejects.toMatchObject({ code: expect.any(String) })
  expect(namesTwice(removed)).toEqual([])
})

test('a second document of one version is an alarm everywhere soon, though nobody passes on the second', async () => {
  const alliance = await Participants.make(3)
  onTestFinished(() => alliance[Symbol.asyncDispose]())
  const slow = { catchUpSeconds: 3600 }
  const opened = await alliance.openReady(['QM', 'QN', 'XD'], slow)
  const [QM, QN] = opened
  // What reaches all by gossip shows that all listen: nothing is said a second time here.
  for (const participant of opened) await participant.issue()
  await eventually(async () => {
    const held = await Promise.all(opened.map(participant => participant.notices()))
    expect(held.map(({ length }) => length)).toEqual([3, 3, 3])
  })
  const next = (days: number) =>
    alliance.nextMembers(alliance.registry, members => {
      members.expires = `2027-06-0${days}`
    })
  const documents = [await next(1), await next(2)]
  const [one, other] = documents
  if (one === undefined || other === undefined) throw new TypeError('Two documents were to be made.')
  await Promise.all([QM.node.desk.adopt([one]), QN.node.desk.adopt([other])])
  await eventually(() => {
    const missing = opened.filter(
      ({ node }) => !node.desk.network().alarms.some(({ code }) => code === 'registry-conflict'),
    )
    expect(missing.map(({ member }) => member)).toEqual([])
  })
})

/** The next members document, by which this member may neither connect nor sign. */
function suspensionOf(alliance: Participants, id: string): Promise<OfferedDocument> {
  return alliance.nextMembers(alliance.registry, ({ members }) => {
    const member = members.find(each => each.id === id)
    if (member === undefined) throw new TypeError(`There is no ${id}.`)
    member.status = 'suspended'
    for (const key of member.signing) {
      key.end = Object.fromEntries(Object.keys(key.from).map(channel => [channel, { seq: 0, id: null }]))
    }
  })
}

/** Lines that would name two members by one word: every line of a log names the node's own. */
function namesTwice({ lines }: Participant): unknown[] {
  return lines.filter(line => 'member' in line)
}
