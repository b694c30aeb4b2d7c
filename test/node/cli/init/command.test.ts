import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { configKeys, loadConfig } from '../../../../node/config.ts'
import { exampleFolder, readKeyFile } from '../../../../node/keys.ts'
import { LastSignedFiles, nothingSigned } from '../../../../node/last-signed.ts'
import { openRecoveryKey } from '../../../../node/single-key.ts'
import {
  channelNames,
  openTrust,
  parseSignedText,
  peerIdOfJwk,
  type Registry,
  safetyNumber,
  thumbprint,
  trustFingerprint,
  verifyJoinRequest,
} from '../../../../protocol/index.ts'
import { openTestFolder, runFocalpoint } from '../run.ts'

const passphrase = 'five words are easy to keep'
const trust = join(exampleFolder, 'trust.json')
const address = '/dns4/node.palomar.example.org/tcp/7600'

let registry: Registry
let folder: Awaited<ReturnType<typeof openTestFolder>>

beforeAll(async () => {
  registry = await openTrust(await readFile(trust, 'utf8'))
  folder = await openTestFolder()
})
afterAll(() => folder[Symbol.asyncDispose]())

/** Every answer as a flag; `without` leaves some out. */
function flagsFor(name: string, { without = [] as string[] } = {}): string[] {
  const flags: [string, string][] = [
    ['--folder', join(folder.path, name)],
    ['--member', 'QP'],
    ['--name', 'Palomar'],
    ['--name', 'fr=Palomare'],
    ['--kind', 'state'],
    ['--channel', 'torture'],
    ['--announce', address],
    ['--contact', 'role=focal point,email=focal-point@palomar.example.org'],
    ['--trust', trust],
    ['--fingerprint', trustFingerprint(registry)],
    ['--passphrase-fd', '3'],
  ]
  return flags.filter(([flag]) => !without.includes(flag)).flat()
}

function init(words: string[]) {
  return runFocalpoint(['init', ...words], { descriptors: [`${passphrase}\n`], folder: folder.path })
}

describe('a node that was made', async () => {
  const at = (name: string) => join(folder.path, 'made', name)
  let made: Record<string, unknown>

  beforeAll(async () => {
    const ran = await init([...flagsFor('made'), '--json'])
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    made = JSON.parse(ran.stdout)
  })

  test('has keys that only its passphrase opens, each in the file where it belongs', async () => {
    const ask = async () => passphrase
    const keys = await readKeyFile(at('focalpoint-keys.json'), { demonstration: 'refused', passphrase: ask })
    const { owner, key } = await openRecoveryKey(at('recovery-key.json'), ask)
    expect(keys.recovery).toEqual({ crv: key.crv, kty: key.kty, x: key.x })
    expect({ owner, member: keys.member }).toEqual({ owner: 'QP', member: 'QP' })
    expect(made).toMatchObject({
      peerId: peerIdOfJwk(keys.node),
      signing: thumbprint(keys.signing),
      recovery: thumbprint(key),
    })
    expect(new Set([keys.node.d, keys.signing.d, key.d]).size).toBe(3)
    for (const name of ['focalpoint-keys.json', 'recovery-key.json'])
      expect((await stat(at(name))).mode & 0o777).toBe(0o600)
  })

  test('asks to join with a request that both of its keys prove, under the number that was told', async () => {
    const signed = parseSignedText(await readFile(at('join-request.json'), 'utf8'))
    const { request } = await verifyJoinRequest(signed, registry)
    expect(request).toMatchObject({
      member: 'QP',
      purpose: 'join',
      names: { en: 'Palomar', fr: 'Palomare' },
      channels: ['torture'],
      nodes: [{ peerId: made.peerId, addrs: [address] }],
      contacts: [{ role: 'focal point', email: 'focal-point@palomar.example.org' }],
    })
    expect(made.safetyNumber).toBe(safetyNumber(signed.document))
  })

  test('has settings that lead to its files from anywhere, and a comment for every other', async () => {
    const { config, settings } = await loadConfig({
      file: at('focalpoint.toml'),
      environment: {},
      flags: {},
      workingDirectory: '/',
    })
    expect(config).toMatchObject({
      member: 'QP',
      keyFile: at('focalpoint-keys.json'),
      trustFile: at('trust.json'),
      dataDir: at('focalpoint-data'),
      network: { announce: [address] },
    })
    const text = await readFile(at('focalpoint.toml'), 'utf8')
    for (const { description } of configKeys) expect(text).toContain(`# ${description}\n`)
    const commented = text.replaceAll(/^# ([a-z_]+ = )/gm, '$1')
    await writeFile(at('all.toml'), commented)
    const all = await loadConfig({ file: at('all.toml'), environment: {}, flags: {}, workingDirectory: '/' })
    expect(all.config).toEqual(config)
    expect(all.settings.filter(({ origin }) => origin === 'file')).toHaveLength(settings.length)
  })

  test('says that it has signed nothing, in every channel', async () => {
    await using files = new LastSignedFiles(at('focalpoint-data/last-signed'))
    for (const channel of channelNames) expect(await files.read(channel)).toEqual(nothingSigned)
  })

  test('is refused by "serve" for the demonstration and before it is admitted', async () => {
    const serve = (words: string[]) =>
      runFocalpoint(['serve', '--passphrase-fd', '3', ...words], {
        descriptors: [passphrase],
        folder: at(''),
      })
    expect(await serve([])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('--join-demonstration'),
    })
    expect(await serve(['--join-demonstration'])).toMatchObject({
      code: 4,
      stderr: expect.stringContaining('QP'),
    })
  })

  test('is never overwritten, not in part either', async () => {
    const before = await readdir(at(''))
    expect((await init(flagsFor('made'))).code).toBe(4)
    expect(await readdir(at(''))).toEqual(before)
    await mkdir(join(folder.path, 'half'))
    await writeFile(join(folder.path, 'half', 'join-request.json'), 'another')
    expect((await init(flagsFor('half'))).code).toBe(4)
    expect(await readdir(join(folder.path, 'half'))).toEqual(['join-request.json'])
  })
})

describe('without a terminal', () => {
  test.each(['--member', '--fingerprint', '--passphrase-fd'])(
    'a missing %s is named, and nothing is made',
    async flag => {
      const { code, stderr } = await init(flagsFor('missing', { without: [flag] }))
      expect({ code, named: stderr.includes(flag) }).toEqual({ code: 2, named: true })
      expect(await readdir(folder.path)).not.toContain('missing')
    },
  )

  test('everything that is missing is named at once', async () => {
    const { code, stderr } = await init(flagsFor('missing', { without: ['--member', '--kind', '--contact'] }))
    expect(code).toBe(2)
    for (const flag of ['--member', '--kind', '--contact']) expect(stderr).toContain(flag)
  })

  test('a member that is in the registry already is told of "keys rotate"', async () => {
    const words = flagsFor('again', { without: ['--member'] })
    const { code, stderr } = await init([...words, '--member', 'QM'])
    expect({ code, told: stderr.includes('keys rotate') }).toEqual({ code: 0, told: true })
  })

  test.each([
    ['a fingerprint of another network', '--fingerprint', '00000 '.repeat(12), 6],
    ['names without an English one', '--name', 'fr=Palomare', 2],
  ])('%s is refused, and nothing is made', async (_, flag, value, expected) => {
    const { code } = await init([...flagsFor('wrong', { without: [flag] }), flag, value])
    expect(code).toBe(expected)
    expect(await readdir(folder.path)).not.toContain('wrong')
  })

  test('a passphrase that is guessed in hours is refused', async () => {
    const { code } = await runFocalpoint(['init', ...flagsFor('weak')], { descriptors: ['password'] })
    expect(code).toBe(2)
    expect(await readdir(folder.path)).not.toContain('weak')
  })

  test('a member that founds a network asks for no net, and may leave its keys unencrypted by name', async () => {
    const disk = join(folder.path, 'disk')
    const words = flagsFor('founder', { without: ['--trust', '--fingerprint', '--passphrase-fd'] })
    const { code } = await init([...words, '--found', '--unencrypted', '--last-signed-dir', disk])
    expect(code).toBe(0)
    const at = (name: string) => join(folder.path, 'founder', name)
    const signed = parseSignedText(await readFile(at('join-request.json'), 'utf8'))
    expect((await verifyJoinRequest(signed, undefined)).request.net).toBeNull()
    const keys = await readKeyFile(at('focalpoint-keys.json'), { demonstration: 'refused' })
    expect(keys.member).toBe('QP')
    expect(await readdir(at(''))).not.toContain('trust.json')
    expect(await readdir(disk)).toContain('torture.json')
    const file = at('focalpoint.toml')
    const { config } = await loadConfig({ file, environment: {}, flags: {}, workingDirectory: '/' })
    expect(config.signing.lastSignedDir).toBe(disk)
  })
})
