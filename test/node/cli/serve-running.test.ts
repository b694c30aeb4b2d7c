import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { stringify } from 'smol-toml'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type Alliance, makeAlliance } from '../../../scripts/alliance.ts'
import { demonstrationMembers, demonstrationPlan } from '../../../scripts/example-alliance.ts'
import { eventually } from '../../eventually.ts'
import { binFile, openTestFolder, type Ran, run, runFocalpoint } from './run.ts'

/** What a service manager can count on, also while people are connected. */
const endingMs = 5000

let alliance: Alliance
let folder: Awaited<ReturnType<typeof openTestFolder>>

beforeAll(async () => {
  folder = await openTestFolder()
  const members = demonstrationMembers.slice(0, 2).map(member => ({ ...member, channels: ['torture'] }))
  alliance = await makeAlliance({ ...demonstrationPlan, seed: 'nodes that really serve', members })
})
afterAll(() => folder[Symbol.asyncDispose]())

describe('two nodes that serve', () => {
  test('let the first administrator add an officer and a releaser, whose notice reaches the other node', async () => {
    const { QM, QN } = await serveBoth()
    expect((await stat(QM.tokenFile)).mode & 0o777).toBe(0o600)
    const administrator = clientOf(QM, (await readFile(QM.tokenFile, 'utf8')).trim())
    const officer = clientOf(QM, await tokenFor('officer', administrator))
    const releaser = clientOf(QM, await tokenFor('releaser', administrator))
    const example = await officer(['notice', 'draft', 'denial', '--example'])
    const draft = await officer(['notice', 'draft', 'denial', '--file', '-'], example.stdout)
    const id = draft.stdout.trim()
    expect(await officer(['notice', 'release', id])).toMatchObject({ code: 4, stdout: '' })
    expect((await releaser(['notice', 'list', '--drafts'])).stdout).toContain(id)
    expect((await releaser(['notice', 'show', id])).stdout).toContain('for everybody in the channel')
    const stale = await releaser(['notice', 'release', id, '--read', '7'])
    expect(stale).toMatchObject({ stdout: '', stderr: expect.stringContaining('read it again') })
    const released = await eventually(async () => {
      const ran = await releaser(['notice', 'release', id, '--read', '1', '--json'])
      expect(ran.code).toBe(0)
      return JSON.parse(ran.stdout)
    })
    const reader = clientOf(QN, (await readFile(QN.tokenFile, 'utf8')).trim())
    await eventually(async () => {
      const { stdout } = await reader(['notice', 'list', '--json'])
      expect(JSON.parse(stdout)).toMatchObject([{ id: released.id, issuer: 'QM', standing: 'verified' }])
    })
  })

  test('end within five seconds of SIGTERM, whoever is connected, and leave the folder to the next process', async () => {
    const { QM } = await serveBoth()
    const headers = {
      authorization: `Bearer ${(await readFile(QM.tokenFile, 'utf8')).trim()}`,
      accept: 'text/event-stream',
    }
    const follower = await fetch(`${QM.url}/v1/events`, { headers })
    expect(follower.status).toBe(200)
    const halfSent = connect(Number(new URL(QM.url).port), '127.0.0.1').on('error', () => {})
    await once(halfSent, 'connect')
    halfSent.write('GET /healthz HTTP/1.1\r\n')
    QM.process.kill('SIGTERM')
    const [code] = await once(QM.process, 'exit', { signal: AbortSignal.timeout(endingMs) })
    expect(code).toBe(0)
    await expect(fetch(`${QM.url}/healthz`)).rejects.toThrow()
    expect((await fetch(`${(await serve('QM')).url}/healthz`)).status).toBe(200)
  })
})

describe('a node that cannot serve says so in one sentence', () => {
  test('when another process has the data folder', async () => {
    await serve('QM')
    const ran = await failToServe('QM', {})
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(sentencesOf(ran)).toEqual([expect.stringContaining(join('QM', 'data'))])
  })

  test('when something else listens on the port of its API', async () => {
    const port = await busyPort()
    const ran = await failToServe('QM', { FOCALPOINT_API_PORT: String(port) })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(sentencesOf(ran)).toEqual([expect.stringContaining(String(port))])
  })

  test('when something else listens on the port for other nodes', async () => {
    const port = await busyPort()
    const ran = await failToServe('QM', { FOCALPOINT_NETWORK_LISTEN: `/ip4/127.0.0.1/tcp/${port}` })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(sentencesOf(ran)).toEqual([expect.stringContaining(String(port))])
  })
})

interface Serving {
  process: ChildProcess
  url: string
  tokenFile: string
  /** Multiaddr with the peer id. */
  address: string
}

async function serveBoth(): Promise<{ QM: Serving; QN: Serving }> {
  const QM = await serve('QM')
  return { QM, QN: await serve('QN', { FOCALPOINT_NETWORK_PEERS: QM.address }) }
}

/** Serves from the member's folder, which the first call makes, until the end of the test. */
async function serve(member: string, environment: Record<string, string> = {}): Promise<Serving> {
  const { path, variables } = await installed(member)
  const child = spawn(process.execPath, [binFile, 'serve'], {
    cwd: path,
    env: { PATH: process.env.PATH ?? '', ...variables, ...environment },
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
    const [, address] = /listens on (\S+)\n/.exec(said) ?? []
    if (url === undefined || address === undefined) throw new Error(`${member} does not serve: ${said}`)
    return { process: child, url, address, tokenFile: join(path, 'data', 'first-admin-token') }
  })
}

async function failToServe(member: string, environment: Record<string, string>): Promise<Ran> {
  const { path, variables } = await installed(member)
  return run(process.execPath, [binFile, 'serve'], {
    input: '',
    folder: path,
    environment: { NO_COLOR: '1', ...variables, ...environment },
  })
}

/** A folder as an operator has it: settings, trust file, keys that nobody else can read. */
async function installed(member: string): Promise<{ path: string; variables: Record<string, string> }> {
  const path = join(folder.path, member)
  const keys = alliance.memberKeys.find(each => each.member === member)
  if (keys === undefined) throw new TypeError(`There is no member ${member}.`)
  const { demonstration: _, ...unmarked } = keys
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'trust.json'), alliance.trust)
  await writeFile(join(path, 'focalpoint-keys.json'), JSON.stringify({ ...unmarked, unencrypted: true }), {
    mode: 0o600,
  })
  const settings = {
    member,
    data_dir: 'data',
    network: { listen: ['/ip4/127.0.0.1/tcp/0'], beacon_seconds: 1, catch_up_seconds: 1 },
    api: { port: 0 },
    metrics: { port: 0 },
    signing: { listen_seconds: 1 },
  }
  await writeFile(join(path, 'focalpoint.toml'), stringify(settings))
  return { path, variables: { FOCALPOINT_LOG_LEVEL: 'silent' } }
}

type Client = (words: string[], input?: string) => Promise<Ran>

function clientOf({ url }: Serving, token: string): Client {
  const environment = { FOCALPOINT_URL: url, FOCALPOINT_TOKEN: token }
  return (words, input = '') => runFocalpoint(words, { environment, input })
}

async function tokenFor(role: string, administrator: Client): Promise<string> {
  const person = await administrator(['person', 'add', `The ${role}`, '--role', role])
  const words = ['token', 'create', '--person', person.stdout.trim(), '--label', role]
  return (await administrator(words)).stdout.trim()
}

async function busyPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port')
  return address.port
}

function sentencesOf({ stderr }: Ran): string[] {
  return stderr.trim().split('\n')
}
