import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { findMember } from '#protocol'
import { eventually } from '../eventually.ts'
import { approveWords, type Desk, furnish, openEmptyDesk } from '../node/cli/members/desk.ts'
import { binFile } from '../node/cli/run.ts'
import { type Participant, Participants } from './participants.ts'

const first = ['QM', 'QN', 'XD', 'XE', 'XF', 'XH'] as const
const coordinators = ['coordinator-1', 'coordinator-2', 'coordinator-3']

interface Assessed {
  file: string
  safetyNumber: string
  complete: boolean
}

it('a seventh member is admitted to six running nodes, speaks, is suspended and comes back, by commands alone', async () => {
  await using alliance = await Participants.make()
  const running = await alliance.openReady(first)
  await using desk = await openEmptyDesk()
  await furnish(desk.path, alliance.alliance)
  const [QM] = running
  const token = await tokenFile(desk, QM)
  const own = await QM.issue()

  // The ministry of the seventh makes its keys and asks; it is heard over the telephone.
  const { safetyNumber } = await desk.json<Assessed>(...initWords(await fingerprint(desk)))
  expect(await desk.refusal('members', 'review', 'seventh/join-request.json')).toBe('done')

  // Three coordinators sign, one after the other, and one of them publishes.
  const approved = await approveAll(desk, { file: 'seventh/join-request.json', safetyNumber })
  const published = await desk.json('members', 'publish', approved, '--url', QM.node.url, ...token)
  expect(published).toMatchObject({ adopted: [{ kind: 'members', version: 2 }], registry: { members: 2 } })
  await untilAllAt(running, 2)
  expect(await desk.json('members', 'list', '--url', QM.node.url, ...token)).toHaveLength(7)

  // The seventh puts the document into its trust file and serves.
  await desk.json('members', 'import', approved, '--trust', 'seventh/trust.json')
  await desk.json('members', 'import', approved)
  const seventh = await serve(join(desk.path, 'seventh'), running)
  const seventhToken = ['--token-file', 'seventh/focalpoint-data/first-admin-token', '--url', seventh.url]
  await eventually(async () => {
    expect(await desk.json('notice', 'list', ...seventhToken)).toMatchObject([{ id: own.id }])
  })
  const id = await issueBy(desk, seventhToken)
  await eventually(async () => {
    for (const each of running) {
      expect((await each.notices()).map(notice => [notice.id, notice.standing])).toContainEqual([
        id,
        'verified',
      ])
    }
  })

  // It is suspended at its last place, as the coordinators' node knows it, and hung up.
  const ends = ['--end', 'from-node', '--reason', 'Exercise', '--url', QM.node.url, ...token]
  const proposal = await desk.json<Assessed>('members', 'suspend', 'XK', ...ends)
  await desk.json('members', 'publish', await approveAll(desk, proposal), '--url', QM.node.url, ...token)
  await untilAllAt(running, 3)
  for (const { node } of running) {
    const [key] = findMember(node.desk.registry(), 'XK')?.signing ?? []
    expect(key?.end).toEqual({ torture: { seq: 1, id } })
    const seen = () => node.desk.network().participants.find(({ member }) => member === 'XK')
    await eventually(() => expect(seen()?.status).toBe('suspended'))
  }
  for (const { standing } of (await QM.notices()).filter(({ issuer }) => issuer === 'XK')) {
    expect(standing).toBe('key since retired')
  }

  // It comes back with a new key, while its node goes on running.
  await desk.json('members', 'import', proposal.file)
  const asked = await desk.json<{ safetyNumber: string }>(
    ...['keys', 'rotate', '--config', 'seventh/focalpoint.toml', '--out', 'back.json'],
    ...['--key-file', 'seventh/focalpoint-keys.json', '--trust-file', 'trust.json'],
  )
  const again = { file: 'back.json', safetyNumber: asked.safetyNumber }
  const places = ['--from', 'from-node', '--url', QM.node.url, ...token]
  const back = await approveAll(desk, again, places)
  await desk.json('members', 'publish', back, '--url', QM.node.url, ...token)
  await untilAllAt(running, 4)
  expect(findMember(QM.node.desk.registry(), 'XK')?.status).toBe('active')
  const secret = await readFile(join(desk.path, 'seventh/focalpoint-data/first-admin-token'), 'utf8')
  await eventually(async () => {
    // Until it has heard of this document it would sign with the key that has ended.
    const headers = { authorization: `Bearer ${secret.trim()}` }
    const registry = await fetch(new URL('/v1/members', seventh.url), { headers })
    expect(await registry.json()).toMatchObject({ version: 4 })
  })
  const news = await issueBy(desk, seventhToken, 'back')
  await eventually(async () => {
    expect((await QM.notices()).map(notice => [notice.id, notice.seq, notice.standing])).toContainEqual([
      news,
      2,
      'verified',
    ])
  })
})

function initWords(fingerprint: string): string[] {
  return [
    ...['init', '--folder', 'seventh', '--member', 'XK', '--name', 'Kestrelia', '--kind', 'state'],
    ...['--channel', 'torture', '--listen', '/ip4/127.0.0.1/tcp/0', '--announce', ''],
    ...['--contact', 'role=focal point,email=focal-point@xk.example.org'],
    ...['--trust', 'trust.json', '--fingerprint', fingerprint, '--unencrypted'],
  ]
}

/** As a coordinator reads it to the ministry. */
async function fingerprint(desk: Commands): Promise<string> {
  const { fingerprint } = await desk.json<{ fingerprint: string }>('members', 'import', 'trust.json')
  return fingerprint
}

type Commands = Omit<Desk, 'registry'>

/** The file that all coordinators have signed in the end. */
async function approveAll(
  desk: Commands,
  asked: Pick<Assessed, 'file' | 'safetyNumber'>,
  places: readonly string[] = [],
): Promise<string> {
  let { file, safetyNumber } = asked
  let complete = false
  for (const coordinator of coordinators) {
    const signed = await desk.json<Assessed>(...approveWords(file, coordinator, safetyNumber), ...places)
    ;({ file, safetyNumber, complete } = signed)
  }
  expect(complete).toBe(true)
  return file
}

async function untilAllAt(running: readonly Participant[], version: number): Promise<void> {
  await eventually(() => {
    for (const { node } of running) expect(node.desk.registry().members.version).toBe(version)
  })
}

/** An access token of a coordinator who works with this node. */
async function tokenFile(desk: Commands, { node }: Participant): Promise<string[]> {
  const person = await node.people.add({ name: 'Coordinator', roles: ['coordinator'] })
  const { secret } = await node.people.createToken({ person: person.id, label: 'test', days: 1 })
  await writeFile(join(desk.path, 'token'), secret, { mode: 0o600 })
  return ['--token-file', 'token']
}

/** Two people of the seventh draft and release a notice; its id. */
async function issueBy(desk: Commands, administrator: readonly string[], time = 'first'): Promise<string> {
  const words = async (role: string) => {
    const name = `${role}, ${time} time`
    const { id } = await desk.json<{ id: string }>('person', 'add', name, '--role', role, ...administrator)
    const asked = ['token', 'create', '--person', id, '--label', time, ...administrator]
    const { secret } = await desk.json<{ secret: string }>(...asked)
    await writeFile(join(desk.path, role), secret, { mode: 0o600 })
    return ['--token-file', role, ...administrator.slice(2)]
  }
  const [officer, releaser] = [await words('officer'), await words('releaser')]
  const { stdout } = await desk.run('notice', 'draft', 'denial', '--example')
  await writeFile(join(desk.path, 'draft.json'), stdout)
  const { id } = await desk.json<{ id: string }>(
    ...['notice', 'draft', 'denial', '--file', 'draft.json', ...officer],
  )
  const released = await eventually(() => desk.json<{ id: string }>('notice', 'release', id, ...releaser))
  return released.id
}

interface Serving {
  process: ChildProcess
  url: string
}

/** The seventh's node, as its staff start it; on free ports, and connected with those of the test. */
async function serve(folder: string, running: readonly Participant[]): Promise<Serving> {
  const child = spawn(process.execPath, [binFile, 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      FOCALPOINT_API_PORT: '0',
      FOCALPOINT_METRICS_PORT: '0',
      FOCALPOINT_LOG_LEVEL: 'silent',
      FOCALPOINT_SIGNING_LISTEN_SECONDS: '1',
      FOCALPOINT_NETWORK_CATCH_UP_SECONDS: '1',
      FOCALPOINT_NETWORK_PEERS: running.flatMap(({ node }) => node.addresses()).join(','),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return eventually(() => {
    const [, url] = / serves (http\S+)/.exec(said) ?? []
    if (url === undefined || !said.includes('first-admin-token'))
      throw new Error(`It does not serve: ${said}`)
    return { process: child, url }
  })
}
