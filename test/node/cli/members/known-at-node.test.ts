import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signStop, thumbprint } from '../../../../protocol/index.ts'
import { demonstrationKey } from '../../../../scripts/alliance.ts'
import { type Participant, Participants } from '../../../network/participants.ts'
import { type Desk, furnish, openEmptyDesk, writeSecret } from './desk.ts'

let alliance: Participants
let QM: Participant
let desk: Omit<Desk, 'registry'>
let node: string[]

beforeAll(async () => {
  alliance = await Participants.make(2)
  const opened = await alliance.openReady(['QM', 'QN'])
  QM = opened[0]
  desk = await openEmptyDesk()
  await furnish(desk.path, alliance.alliance)
  const person = await QM.node.people.add({ name: 'Coordinator', roles: ['coordinator'] })
  const { secret } = await QM.node.people.createToken({ person: person.id, label: 'test', days: 1 })
  await writeFile(join(desk.path, 'token'), secret, { mode: 0o600 })
  node = ['--url', QM.node.url, '--token-file', 'token']
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await alliance[Symbol.asyncDispose]()
})

describe('where a node can be asked', () => {
  test('a place that it knows is checked, and another one is named', async () => {
    const { id, channel, seq } = await QM.issue()
    const suspend = async (place: string, out: string, ...more: string[]) => {
      const ends = ['--end', place, '--end', 'capital=0', '--reason', 'Exercise', '--out', out]
      return (await desk.run('members', 'suspend', 'QM', ...ends, ...more)).stderr
    }
    const known = `${channel}=${seq}:${id}`
    expect(await suspend(known, 'known.json', ...node)).not.toContain('not checked')
    expect(await suspend(known, 'unasked.json')).toContain('not checked with a node')
    const beyond = `${channel}=99:${'B'.repeat(43)}`
    expect(await suspend(beyond, 'beyond.json', ...node)).toContain('not checked with a node')
  })

  test('a key that its member stopped is told to who reviews the request for a new one', async () => {
    const { signing, recovery } = alliance.keysOf('QN')
    const { net } = alliance.registry
    const stop = {
      net,
      member: 'QN',
      kid: thumbprint(signing),
      channel: 'torture',
      head: { seq: 0, id: null },
      reason: 'stolen',
      iat: Math.floor(Date.now() / 1000),
    }
    const signed = await signStop({ stop, key: recovery })
    await QM.node.desk.adopt([{ kind: 'stop', ...signed }])
    const listed = await desk.run('members', 'list', ...node)
    expect(listed.stdout).toContain(`${stop.kid} (stopped)`)
    const keys = JSON.parse(await readFile(join(desk.path, 'QN.json'), 'utf8'))
    await writeSecret(join(desk.path, 'rotating.json'), {
      ...keys,
      next: demonstrationKey('next', 'QN', 'x'),
    })
    await desk.json('members', 'request', '--purpose', 'key', '--key-file', 'rotating.json')
    const notes = async (...words: string[]) =>
      (await desk.json<{ notes: string[] }>('members', 'review', 'key-request.json', ...words)).notes
    expect(await notes(...node)).toContainEqual(expect.stringContaining(`has stopped its key ${stop.kid}`))
    const unasked = await notes()
    expect(unasked).not.toContainEqual(expect.stringContaining('stopped'))
    expect(unasked).toContainEqual(expect.stringContaining('--from from-node'))
  })

  test('a trust file that is older than what the node has is refused', async () => {
    const renew = ['members', 'renew', '--expires', '2040-01-01', '--out']
    const before = await desk.run(...renew, 'before.json', ...node)
    expect([before.code, before.stderr]).toEqual([0, expect.stringContaining('has nothing newer')])
    const document = await alliance.nextMembers(alliance.registry, next => {
      next.expires = '2039-01-01'
    })
    await QM.node.desk.adopt([document])
    expect(await desk.refusal(...renew, 'after.json', ...node)).toBe('trust-outdated 4')
    const unasked = await desk.run(...renew, 'unreached.json', '--url', 'http://127.0.0.1:9')
    const { issued } = alliance.registry.members
    expect(unasked).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`from members document 1, issued on ${issued}`),
    })
    expect(unasked.stderr).toContain('ask a node whether that is the newest')
  })

  test('who has no token, or one of another node, is told which option takes it', async () => {
    const list = ['members', 'list', '--url', QM.node.url]
    const bare = await desk.run(...list)
    expect([bare.code, bare.stderr]).toEqual([
      4,
      expect.stringContaining('--token-file or FOCALPOINT_TOKEN_FILE'),
    ])
    const foreign = await desk.run(...list, '--token', 'fp_of_another_node')
    expect(foreign.stderr).toContain('unknown, expired, revoked, or of another node')
    expect(await desk.refusal(...list, '--token', 'fp_of_another_node')).toBe('unauthenticated 4')
  })
})
