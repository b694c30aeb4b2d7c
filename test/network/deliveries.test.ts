import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { deliverThroughKills } from '../../scripts/deliveries/rounds.ts'
import { eventually } from '../eventually.ts'
import { openReceiver } from '../node/delivery/receiver.ts'
import { readExposition } from '../node/exposition.ts'
import { exampleDraft, type Participant, Participants } from './participants.ts'

// Few of what `npm run bench -- deliveries` does with 2,000: the receiver and the node are processes of their own.

const allWell = { lost: 0, doubled: 0, outOfOrder: 0, tamperedAccepted: 0, tampered: 6 }

test('the receiver is killed during 200 deliveries: each comes once, in order, and no forged one is taken', async () => {
  const report = await deliverThroughKills({ notices: 200, receiverKills: 4, senderKills: 0, seed: 1 })
  expect(report).toMatchObject({ ...allWell, receiverDeaths: 4 })
  // Those that it had kept and not answered, and the genuine one that is posted again at the end.
  expect(report.hadAlready).toBeGreaterThanOrEqual(2)
})

test('the node is killed during deliveries: its outbox tells the rest, and nothing twice that would be taken twice', async () => {
  const report = await deliverThroughKills({ notices: 60, receiverKills: 0, senderKills: 2, seed: 1 })
  expect(report).toMatchObject({ ...allWell, senderDeaths: 2 })
})

async function customsOf({ node }: Participant) {
  const person = await node.people.add({ name: 'Customs', roles: ['customs'] })
  const { secret } = await node.people.createToken({ person: person.id, label: 'test', days: 1 })
  return async (path: string, json?: object) => {
    const answer = await fetch(new URL(path, node.url), {
      method: json ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(json && { body: JSON.stringify(json) }),
    })
    return { status: answer.status, body: (await answer.json()) as Record<string, never> }
  }
}

test('what one State issues is told to a receiver in another, by the address that customs gave', async () => {
  await using alliance = await Participants.make(2)
  const [QM, QN] = await alliance.openReady(['QM', 'QN'])
  await using receiver = await openReceiver()
  const ask = await customsOf(QN)
  const target = { kind: 'webhook', url: receiver.url }
  const { status, body } = await ask('/v1/subscriptions', {
    label: 'Alerts',
    filter: { types: ['alert'] },
    target,
  })
  expect(status).toBe(201)
  await QM.issue()
  const alert = await QM.issue(exampleDraft('alert', ({ nominal }) => nominal !== undefined))
  await eventually(() => expect(receiver.heard).toHaveLength(1))
  const [heard] = receiver.heard
  expect(heard?.event).toMatchObject({
    source: 'urn:focalpoint:QN',
    type: 'alliance.focalpoint.notice.alert',
    subject: alert.id,
    exercise: true,
    data: { id: alert.id, issuer: 'QM', exercise: true, standing: 'verified', nominal: expect.any(Object) },
  })
  new Webhook(String(body.secret)).verify(heard?.body ?? '', heard?.headers ?? {})
})

test('the ports of the node itself are not sent to, and a subscription that paused itself raises an alarm', async () => {
  await using alliance = await Participants.make(1)
  const [QM] = await alliance.openReady(['QM'])
  await using receiver = await openReceiver()
  const ask = await customsOf(QM)
  const subscribe = (url: string) =>
    ask('/v1/subscriptions', { label: 'All', target: { kind: 'webhook', url } })
  const { node } = QM
  const p2p = /\/tcp\/(\d+)/.exec(node.addresses()[0] ?? '')?.[1]
  for (const url of [node.url, node.metricsUrl ?? '', `http://127.0.0.1:${p2p}/`])
    expect((await subscribe(url)).body).toMatchObject({ code: 'target-own-port' })

  receiver.answer = response => void response.writeHead(410).end()
  await subscribe(receiver.url)
  await QM.issue()
  await eventually(() => {
    expect(node.desk.network().alarms).toContainEqual(
      expect.objectContaining({ code: 'subscription-paused', detail: expect.stringContaining('"All"') }),
    )
  })
  const { samples } = readExposition(await (await fetch(node.metricsUrl ?? '')).text())
  const gauge = (name: string, state?: string) =>
    samples.find(each => each.name === `focalpoint_${name}` && each.labels.state === state)?.value
  expect(gauge('deliveries_waiting')).toBe(1)
  expect(gauge('subscriptions', 'paused')).toBe(1)
  expect(gauge('subscriptions', 'active')).toBe(0)
})
