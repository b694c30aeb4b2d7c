import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'smol-toml'
import { expect, onTestFinished, test } from 'vitest'
import { exampleFolder, readKeyNames, replaceKeyFile } from '../../../node/keys.ts'
import { makePrivateKey, publicHalf } from '../../../node/secret-file.ts'
import { advanceRegistry, openTrust, peerIdOfJwk, thumbprint, trustText } from '../../../protocol/index.ts'
import { keysOfCoordinator, signByAll } from '../../../scripts/alliance.ts'
import { demonstrationPlan } from '../../../scripts/example-alliance.ts'
import { eventually } from '../../eventually.ts'
import { binFile, openTestFolder, runFocalpoint } from './run.ts'

const passphrase = 'five words are easy to keep'

test('a member of the demonstration with keys of its own serves from its encrypted file, and drafts exercises only', async () => {
  await using folder = await openTestFolder()
  const at = (name: string) => join(folder.path, name)
  const [node, signing, next, recovery] = [1, 2, 3, 4].map(makePrivateKey)
  if (!node || !signing || !next || !recovery) throw new TypeError('No keys were made.')
  const keys = { member: 'QP', node, signing, next, recovery }
  await replaceKeyFile(at('focalpoint-keys.json'), keys, { passphrase })
  await writeFile(at('trust.json'), await trustWith(keys))
  const settings = {
    member: 'QP',
    network: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    api: { port: 0 },
    metrics: { enabled: false },
    log: { level: 'silent' },
  }
  await writeFile(at('focalpoint.toml'), stringify(settings))
  const child = spawn(process.execPath, [binFile, 'serve', '--join-demonstration', '--passphrase-fd', '3'], {
    cwd: folder.path,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  const descriptor = child.stdio[3]
  if (descriptor && 'end' in descriptor) descriptor.end(passphrase)
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const url = await eventually(() => {
    const [, found] = / serves (http\S+)/.exec(said) ?? []
    if (found === undefined) throw new Error(`it does not serve: ${said}`)
    return found
  })
  expect(said).toContain('DEMONSTRATION')
  const administrator = (await readFile(at('focalpoint-data/first-admin-token'), 'utf8')).trim()
  const run = (words: string[], token: string, input = '') =>
    runFocalpoint(words, { environment: { FOCALPOINT_URL: url, FOCALPOINT_TOKEN: token }, input })
  const { stdout: person } = await run(['person', 'add', 'Officer', '--role', 'officer'], administrator)
  const words = ['token', 'create', '--person', person.trim(), '--label', 'test']
  const officer = (await run(words, administrator)).stdout.trim()
  const example = await run(['notice', 'draft', 'denial', '--example'], officer)
  await run(['notice', 'draft', 'denial', '--file', '-'], officer, example.stdout)
  const drafts = await fetch(`${url}/v1/drafts`, { headers: { authorization: `Bearer ${officer}` } })
  expect(await drafts.json()).toMatchObject([{ draft: { type: 'denial', exercise: true } }])
  // The registry had ended the older of its keys everywhere: the newer one has taken its place in the file.
  await eventually(async () => {
    const { kids } = await readKeyNames(at('focalpoint-keys.json'))
    expect([kids.signing, kids.next]).toEqual([thumbprint(next), undefined])
  })
})

/** The demonstration's registry with one more member, as its coordinators would sign it: their keys are public. */
async function trustWith({
  member,
  node,
  signing,
  next = signing,
  recovery,
}: Parameters<typeof replaceKeyFile>[1]) {
  const registry = await openTrust(await readFile(join(exampleFolder, 'trust.json'), 'utf8'))
  const listed = (key: typeof signing) => ({ kid: thumbprint(key), jwk: publicHalf(key) })
  const members = structuredClone(registry.members)
  Object.assign(members, { version: members.version + 1, prevHash: registry.membersHash })
  members.members.push({
    id: member,
    names: { en: 'Palomar' },
    kind: 'state',
    status: 'active',
    channels: ['torture'],
    nodes: [{ peerId: peerIdOfJwk(node), addrs: [] }],
    signing: [
      { ...listed(signing), from: { torture: 1 }, end: { torture: { seq: 0, id: null } } },
      { ...listed(next), from: { torture: 1 } },
    ],
    recovery: [{ kid: thumbprint(recovery ?? signing), jwk: publicHalf(recovery ?? signing) }],
    contacts: [],
  })
  const { seed, coordinators, threshold } = demonstrationPlan
  const signers = coordinators.slice(0, threshold).map(id => keysOfCoordinator(seed, id))
  const signed = await signByAll({ value: members, typ: 'members+jws', signers })
  return trustText(await advanceRegistry(registry, { members: signed }))
}
