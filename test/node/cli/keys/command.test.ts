import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ListedKey } from '../../../../node/cli/keys/list.ts'
import { keyFileText } from '../../../../node/key-file.ts'
import { readKeyNames } from '../../../../node/keys.ts'
import { publicHalf, type Sealing } from '../../../../node/secret-file.ts'
import { recoveryKeyText } from '../../../../node/single-key.ts'
import {
  openTrust,
  parseSignedText,
  thumbprint,
  verifyJoinRequest,
  verifyStop,
} from '../../../../protocol/index.ts'
import { keysOfMember, makeAlliance } from '../../../../scripts/alliance.ts'
import { demonstrationPlan } from '../../../../scripts/example-alliance.ts'
import { openTestFolder, runFocalpoint } from '../run.ts'

const passphrase = 'five words are easy to keep'
const another = 'a passphrase that is new'
const seed = 'keys of a ministry'
const { trust } = await makeAlliance({ ...demonstrationPlan, seed })
const registry = await openTrust(trust)
const { node, signing, recovery } = keysOfMember(seed, 'QM')

/** What a ministry has on its disk, and a way to run commands there. */
async function install(sealing: Sealing = { passphrase }) {
  const folder = await openTestFolder()
  onTestFinished(() => folder[Symbol.asyncDispose]())
  const at = (name: string) => join(folder.path, name)
  const keys = { member: 'QM', node, signing, recovery: publicHalf(recovery) }
  await writeFile(at('focalpoint.toml'), 'member = "QM"')
  await writeFile(at('trust.json'), trust)
  await writeFile(at('focalpoint-keys.json'), await keyFileText(keys, sealing), { mode: 0o600 })
  const run = (words: string[], ...descriptors: string[]) =>
    runFocalpoint(['keys', ...words], { folder: folder.path, descriptors })
  const list = async (): Promise<ListedKey[]> => JSON.parse((await run(['list', '--json'])).stdout)
  return { at, run, list }
}

test('"keys list" says of every key what the registry says, without a passphrase', async () => {
  const { run } = await install()
  const { code, stdout } = await run(['list', '--json'])
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual([
    { use: 'node', kid: thumbprint(node), inFile: true, states: [{ state: 'in the registry' }] },
    {
      use: 'signing',
      kid: thumbprint(signing),
      inFile: true,
      states: [
        { channel: 'capital', state: 'in force from place 1' },
        { channel: 'torture', state: 'in force from place 1' },
      ],
    },
    { use: 'recovery', kid: thumbprint(recovery), inFile: false, states: [{ state: 'in the registry' }] },
  ])
})

test('"keys list" ends with 4 where the registry does not let the node speak', async () => {
  const { at, run } = await install({ unencrypted: true })
  const stranger = { ...keysOfMember('another', 'QM'), recovery: publicHalf(recovery) }
  await writeFile(at('focalpoint-keys.json'), await keyFileText(stranger, { unencrypted: true }))
  const { code, stdout } = await run(['list', '--json'])
  expect(code).toBe(4)
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ use: 'signing', kid: thumbprint(signing), inFile: false }),
  )
})

describe('"keys rotate"', () => {
  test('keeps the old key, adds a new one, and asks for it with both', async () => {
    const { at, run, list } = await install()
    const ran = await run(['rotate', '--passphrase-fd', '3', '--json'], passphrase)
    expect(ran.code).toBe(0)
    const { next, request: made } = JSON.parse(ran.stdout)
    const { kids, form } = await readKeyNames(at('focalpoint-keys.json'))
    expect({ form, signing: kids.signing, next: kids.next }).toEqual({
      form: 'sealed',
      signing: thumbprint(signing),
      next,
    })
    const signed = parseSignedText(await readFile(made, 'utf8'))
    const { request, by } = await verifyJoinRequest(signed, registry)
    expect({ by, purpose: request.purpose, kid: request.signing.kid }).toEqual({
      by: 'signing',
      purpose: 'key',
      kid: next,
    })
    expect((await list()).find(({ kid }) => kid === next)).toEqual({
      use: 'next signing',
      kid: next,
      inFile: true,
      states: [{ state: 'not yet in the registry' }],
    })
  })

  test('asks again for the same key while the registry does not have it, and overwrites no request', async () => {
    const { at, run } = await install({ unencrypted: true })
    const first = JSON.parse((await run(['rotate', '--json'])).stdout)
    expect(first.request).toMatch(/key-request-\d{4}-\d\d-\d\d\.json$/)
    expect((await run(['rotate', '--out', first.request])).code).toBe(4)
    const second = JSON.parse((await run(['rotate', '--json'])).stdout)
    expect(second.next).toBe(first.next)
    expect(second.request).not.toBe(first.request)
    expect((await readKeyNames(at('focalpoint-keys.json'))).form).toBe('plain')
  })

  test('is vouched for by the recovery key where the old key is lost', async () => {
    const { at, run } = await install()
    const text = await recoveryKeyText({ owner: 'QM', key: recovery }, { passphrase: another })
    await writeFile(at('recovery-key.json'), text, { mode: 0o600 })
    const words = ['rotate', '--with', 'recovery-key.json', '--passphrase-fd', '3', '--out', 'key.json']
    const refused = await run(words, passphrase)
    expect({ code: refused.code, named: refused.stderr.includes('--recovery-passphrase-fd') }).toEqual({
      code: 2,
      named: true,
    })
    const ran = await run([...words, '--recovery-passphrase-fd', '4'], passphrase, another)
    expect({ code: ran.code, old: ran.stderr.includes('signs with the old key') }).toEqual({
      code: 0,
      old: false,
    })
    const signed = parseSignedText(await readFile(at('key.json'), 'utf8'))
    expect((await verifyJoinRequest(signed, registry)).by).toBe('recovery')
  })

  test('changes nothing with a wrong passphrase', async () => {
    const { at, run } = await install()
    const before = await readFile(at('focalpoint-keys.json'), 'utf8')
    expect((await run(['rotate', '--passphrase-fd', '3'], another)).code).toBe(4)
    expect(await readFile(at('focalpoint-keys.json'), 'utf8')).toBe(before)
  })
})

describe('"keys stop"', () => {
  const words = ['stop', '--kid', thumbprint(signing), '--channel', 'torture', '--reason', 'a lost laptop']

  test('signs with the key itself, or with the recovery key, what every node accepts', async () => {
    const { at, run } = await install({ unencrypted: true })
    const text = await recoveryKeyText({ owner: 'QM', key: recovery }, { passphrase })
    await writeFile(at('recovery-key.json'), text, { mode: 0o600 })
    const id = 'A'.repeat(43)
    const itself = await run([...words, '--head', `7:${id}`, '--yes', '--out', 'itself.json'])
    const byRecovery = [
      '--with',
      'recovery-key.json',
      '--recovery-passphrase-fd',
      '3',
      '--out',
      'recovery.json',
    ]
    const recovered = await run([...words, '--head', '0', '--yes', ...byRecovery], passphrase)
    expect([itself.code, recovered.code]).toEqual([0, 0])
    const stopIn = async (name: string) =>
      verifyStop(registry, parseSignedText(await readFile(at(name), 'utf8')))
    expect(await stopIn('itself.json')).toMatchObject({
      by: 'signing',
      stop: { kid: thumbprint(signing), head: { seq: 7, id }, reason: 'a lost laptop' },
    })
    expect(await stopIn('recovery.json')).toMatchObject({
      by: 'recovery',
      stop: { head: { seq: 0, id: null } },
    })
  })

  test('says what it will do, and does nothing that nobody confirms', async () => {
    const { run } = await install({ unencrypted: true })
    const { code, stderr } = await run([...words, '--head', '0', '--out', 'stop.json'])
    expect({ code, named: stderr.includes('--yes') }).toEqual({ code: 2, named: true })
  })

  test.each([
    ['a key that is not its own', { '--kid': 'B'.repeat(43) }, 3],
    ['a place without its notice', { '--head': '7' }, 2],
  ])('refuses %s', async (_, change, expected) => {
    const { run } = await install({ unencrypted: true })
    const flags = { '--kid': thumbprint(signing), '--channel': 'torture', '--head': '0', ...change }
    const given = [
      ...Object.entries(flags).flat(),
      '--reason',
      'a lost laptop',
      '--yes',
      '--out',
      'stop.json',
    ]
    expect((await run(['stop', ...given])).code).toBe(expected)
  })
})

describe('"keys passphrase"', () => {
  const words = ['passphrase', '--passphrase-fd', '3', '--new-passphrase-fd', '4']

  test('puts a new passphrase in the place of the old one', async () => {
    const { run } = await install()
    expect((await run(words, passphrase, another)).code).toBe(0)
    expect((await run(words, passphrase, another)).code).toBe(4)
    expect((await run(words, another, 'short')).code).toBe(2)
  })

  test('encrypts a file that was not', async () => {
    const { at, run } = await install({ unencrypted: true })
    expect((await run(['passphrase', '--new-passphrase-fd', '3'], another)).code).toBe(0)
    expect((await readKeyNames(at('focalpoint-keys.json'))).form).toBe('sealed')
    expect((await run(['rotate', '--passphrase-fd', '3'], another)).code).toBe(0)
  })
})
