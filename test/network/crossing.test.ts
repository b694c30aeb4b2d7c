import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Draft } from '#protocol'
import type { NoticeView } from '../../node/desk/desk.ts'
import type { Person, Role } from '../../node/people.ts'
import { eventually } from '../eventually.ts'
import { runFocalpoint } from '../node/cli/run.ts'
import { exampleDraft, type Participant, Participants } from './participants.ts'

const everybody = ['QM', 'QN', 'XD', 'XE', 'XF', 'XH']

it('takes a denial, an alert and a sighting from one node to all six, verified', async () => {
  await using alliance = await Participants.make()
  const nodes = await alliance.open(everybody)
  const [first] = nodes
  if (first === undefined) throw new TypeError('no node')
  await eventually(() => expect(first.node.desk.network().signing.state).toBe('ready'))
  const issued: NoticeView[] = []
  for (const type of ['denial', 'alert', 'sighting']) issued.push(await first.issue(exampleDraft(type)))
  for (const { notices } of nodes) {
    await eventually(async () => {
      const held = await notices()
      expect(held.map(({ id, standing }) => ({ id, standing }))).toEqual(
        issued.map(({ id }) => ({ id, standing: 'verified' })),
      )
    })
  }
  await eventually(async () => {
    const held = await first.notices()
    expect(held.map(({ status, heldBy }) => ({ status, heldBy }))).toEqual(
      issued.map(() => ({ status: 'held by all', heldBy: { count: 6, of: 6, missing: [] } })),
    )
  })
})

it('gives the exact signed text over HTTP, which verifies offline and in which no character can be changed', async () => {
  await using alliance = await Participants.make()
  const [issuing, reading] = await alliance.openReady(['QM', 'QN'])
  const { id } = await issuing.issue(exampleDraft('denial', draft => draft.nominal !== undefined))
  const texts = await Promise.all(
    [issuing, reading].map(async at => signedText(await callerOf(at, ['officer']), id)),
  )
  const [text = ''] = texts
  expect(texts).toEqual([text, text])
  expect(text.split('~')).toHaveLength(4)
  const trust = join(alliance.folder, 'trust.json')
  await writeFile(trust, alliance.alliance.trust)
  const verify = (input: string) => runFocalpoint(['verify', '-', '--json', '--trust', trust], { input })

  expect(await verify(text)).toMatchObject({ code: 0 })
  const changed = changesOf(text)
  const { code, stdout } = await verify([text, ...changed].join('\n'))
  const findings: { valid: boolean }[] = JSON.parse(stdout)
  expect(code).toBe(6)
  expect(findings).toHaveLength(changed.length + 1)
  expect(findings.flatMap(({ valid }, at) => (valid ? [at] : []))).toEqual([0])
  const alone = await Promise.all(someOf(changed, 8).map(verify))
  expect(alone.map(ran => ran.code)).toEqual(alone.map(() => 6))
})

it('drafts and releases once for one Idempotency-Key, also after a restart', async () => {
  await using alone = await Participants.make(1)
  const before = await alone.openReady(['QM'])
  const writing = await personOf(before[0], ['officer'])
  const releasing = await personOf(before[0], ['releaser'])
  const officer = await callerAs(before[0], writing, ['officer'])
  const releaser = await callerAs(before[0], releasing, ['releaser'])
  const draft = { body: exampleDraft('alert'), headers: { 'idempotency-key': 'second-of-may' } }
  const first = await drafted(officer, exampleDraft('denial'))
  const { body: second } = await officer('POST', '/v1/drafts', draft)
  const key = { 'idempotency-key': 'first-of-may' }
  const issued = await releaser('POST', `/v1/drafts/${first}/release`, { headers: key })
  expect(issued.status).toBe(201)
  await alone.close('QM')
  const [after] = await alone.openReady(['QM'], { isNew: false })
  const again = await callerAs(after, releasing, ['releaser'])
  const redrafted = await (await callerAs(after, writing, ['officer']))('POST', '/v1/drafts', draft)
  expect(redrafted).toMatchObject({ status: 201, body: { id: second.id } })
  const repeated = await again('POST', `/v1/drafts/${first}/release`, { headers: key })
  expect(repeated).toMatchObject({ status: 201, body: { id: issued.body.id, seq: 1 } })
  const without = await again('POST', `/v1/drafts/${first}/release`)
  expect(without.body.code).toBe('already-released')
  const other = await again('POST', `/v1/drafts/${second.id}/release`, { headers: key })
  expect(other.body.code).toBe('idempotency-key-reused')
  expect((await after.notices()).map(({ id }) => id)).toEqual([issued.body.id])
})

it('wants four eyes: not those of one person with two tokens, nor of one who only changed the draft', async () => {
  await using alone = await Participants.make(1)
  const [node] = await alone.openReady(['QM'])
  const writer = await personOf(node, ['officer', 'releaser'])
  const editor = await personOf(node, ['officer', 'releaser'])
  const third = await personOf(node, ['officer', 'releaser'])
  const asOfficer = await callerAs(node, writer, ['officer'])
  const id = await drafted(asOfficer, exampleDraft('denial'))
  const put = await (await callerAs(node, editor, ['officer']))('PUT', `/v1/drafts/${id}`, {
    body: exampleDraft('denial'),
  })
  expect(put.status).toBe(200)
  for (const person of [writer, editor]) {
    const refused = await (await callerAs(node, person, ['releaser']))('POST', `/v1/drafts/${id}/release`)
    expect(refused).toMatchObject({ status: 403, body: { code: 'four-eyes' } })
  }
  expect(await node.notices()).toEqual([])
  const released = await (await callerAs(node, third, ['releaser']))('POST', `/v1/drafts/${id}/release`)
  expect(released.status).toBe(201)
})

/** Every place near a separator and every seventh elsewhere: another character there, one more, or none. */
function changesOf(text: string): string[] {
  const isNearSeparator = (at: number) => /[.~]/.test(text.slice(Math.max(0, at - 2), at + 3))
  return [...text].flatMap((character, at) => {
    if (at % 7 !== 0 && !isNearSeparator(at)) return []
    const [before, after] = [text.slice(0, at), text.slice(at + 1)]
    const others = ['A', 'B', '~', '.', ' ', nextOf(character)].filter(other => other !== character)
    return [
      `${before}${after}`,
      `${before}A${character}${after}`,
      ...others.map(other => `${before}${other}${after}`),
    ]
  })
}

/** The next in the alphabet of base64url: often a change of the last bits alone. */
function nextOf(character: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return alphabet.charAt((alphabet.indexOf(character) + 1) % alphabet.length)
}

function someOf(texts: readonly string[], count: number): string[] {
  return texts.filter((_, at) => at % Math.ceil(texts.length / count) === 0)
}

interface Answer {
  status: number
  text: string
  /** As JSON, where it is. */
  body: { id?: string; code?: string; seq?: number }
}

type Caller = (
  method: string,
  path: string,
  given?: { body?: unknown; headers?: Record<string, string> },
) => Promise<Answer>

async function personOf({ node }: Participant, roles: readonly Role[]): Promise<Person> {
  return node.people.add({ name: `Somebody ${randomUUID()}`, roles })
}

/** With a token of this person for some of their roles. */
async function callerAs({ node }: Participant, person: Person, roles: readonly Role[]): Promise<Caller> {
  const { secret } = await node.people.createToken({ person: person.id, label: 'test', days: 1, roles })
  return async (method, path, { body, headers } = {}) => {
    const answer = await fetch(`${node.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, body: text.startsWith('{') ? JSON.parse(text) : {} }
  }
}

async function callerOf(at: Participant, roles: readonly Role[]): Promise<Caller> {
  return callerAs(at, await personOf(at, roles), roles)
}

async function drafted(officer: Caller, draft: Draft): Promise<string> {
  const { status, body } = await officer('POST', '/v1/drafts', { body: draft })
  expect(status).toBe(201)
  return body.id ?? ''
}

async function signedText(caller: Caller, id: string): Promise<string> {
  let text = ''
  await eventually(async () => {
    const answer = await caller('GET', `/v1/notices/${id}`, { headers: { accept: 'application/sd-jwt' } })
    expect(answer.status).toBe(200)
    text = answer.text
  })
  return text
}
