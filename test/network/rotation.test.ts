import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  type Member,
  type Place,
  type PublicJwk,
  parseEnvelope,
  thumbprint,
  verifyJoinRequest,
} from '#protocol'
import { keyFileText } from '../../node/key-file.ts'
import { readKeyFile } from '../../node/keys.ts'
import { publicHalf } from '../../node/secret-file.ts'
import { recoveryKeyText } from '../../node/single-key.ts'
import { eventually } from '../eventually.ts'
import { runFocalpoint } from '../node/cli/run.ts'
import { type Participant, Participants } from './participants.ts'

test('a planned rotation: the running node goes over to the new key at its place, and all stays verified', async () => {
  await using alliance = await Participants.make(3)
  const ministry = await openMinistry(alliance)
  const { rereadKeys } = ministry
  const [QM, QN, XD] = await alliance.openReady(['QM', 'QN', 'XD'], { rereadKeys })
  const all = [QM, QN, XD]
  await QM.issue()
  await QM.issue()

  const next = await ministry.rotate()
  const third = await QM.issue()
  await QN.node.desk.adopt([
    await alliance.nextMembers(QN.node.desk.registry(), ({ members }) => {
      addKey(members, next, { torture: 5, capital: 1 })
    }),
  ])
  await untilMembers(all, 2)
  await QM.issue()
  const fifth = await QM.issue()
  await expectKeys(all, [
    ministry.oldKid,
    ministry.oldKid,
    ministry.oldKid,
    ministry.oldKid,
    thumbprint(next),
  ])
  await expectStandings(all, Array(5).fill('verified'))

  const fourth = (await QM.notices())[3]
  await XD.node.desk.adopt([
    await alliance.nextMembers(XD.node.desk.registry(), ({ members }) => {
      endOld(members, { seq: 4, id: fourth?.id ?? null })
    }),
  ])
  await untilMembers(all, 3)
  const retired = 'key since retired'
  await expectStandings(all, [retired, retired, retired, retired, 'verified'])
  const sixth = await eventually(() => QM.issue())
  expect([third.seq, fifth.seq, sixth.seq]).toEqual([3, 5, 6])
  await expectStandings(all, [retired, retired, retired, retired, 'verified', 'verified'])
  for (const { node, lines } of all) {
    expect(node.desk.feed.after(0, 100).filter(({ kind }) => kind === 'voided')).toEqual([])
    expect(lines).not.toContainEqual(expect.objectContaining({ text: 'fork proven' }))
  }
})

test('a stolen key: stopped everywhere with the recovery key, at its last notice, until a new key goes on', async () => {
  await using alliance = await Participants.make(3)
  const ministry = await openMinistry(alliance)
  const { rereadKeys } = ministry
  const [QM, QN] = await alliance.openReady(['QM', 'QN'], { rereadKeys })
  await QM.issue()
  const { id } = await QM.issue()
  await expectStandings([QN], ['verified', 'verified'])

  const ran = await ministry.run([
    ...['stop', '--kid', ministry.oldKid, '--channel', 'torture', '--head', 'from-node', '--yes', '--json'],
    ...['--reason', 'a lost laptop', '--with', 'recovery-key.json'],
    ...['--url', QN.node.url, '--token', await coordinatorToken(QN)],
  ])
  expect(ran).toMatchObject({ code: 0, stdout: '{"adopted":1}\n' })
  expect(ran.stderr).toContain(`place 2 (${id})`)
  await eventually(() => expect(QM.issue()).rejects.toMatchObject({ code: expect.stringMatching(/stopped/) }))
  expect((await QN.notices()).map(({ standing }) => standing)).toEqual(['verified', 'verified'])

  const next = await ministry.rotate(['--with', 'recovery-key.json'])
  await QN.node.desk.adopt([
    await alliance.nextMembers(QN.node.desk.registry(), ({ members }) => {
      endOld(members, { seq: 2, id })
      addKey(members, next, { torture: 3, capital: 1 })
    }),
  ])
  await untilMembers([QM, QN], 2)
  expect((await eventually(() => QM.issue())).seq).toBe(3)
  const retired = 'key since retired'
  await expectStandings([QM, QN], [retired, retired, 'verified'])
})

/** The files of QM, apart from its node's folder, as its staff has them. */
async function openMinistry(alliance: Participants) {
  const { node, signing, recovery } = alliance.keysOf('QM')
  const at = (name: string) => join(alliance.folder, name)
  const keys = { member: 'QM', node, signing, recovery: publicHalf(recovery) }
  await writeFile(at('focalpoint.toml'), 'member = "QM"')
  await writeFile(at('trust.json'), alliance.alliance.trust)
  await writeFile(at('focalpoint-keys.json'), await keyFileText(keys, { unencrypted: true }), { mode: 0o600 })
  const offline = await recoveryKeyText({ owner: 'QM', key: recovery }, { unencrypted: true })
  await writeFile(at('recovery-key.json'), offline, { mode: 0o600 })
  const rereadKeys = () => readKeyFile(at('focalpoint-keys.json'), { demonstration: 'refused' })
  const run = (words: string[]) => runFocalpoint(['keys', ...words], { folder: alliance.folder })
  return {
    oldKid: thumbprint(signing),
    rereadKeys,
    run,
    /** The new key, once its request was found good. */
    rotate: async (more: string[] = []): Promise<PublicJwk> => {
      const ran = await run(['rotate', '--json', ...more])
      expect(ran.code).toBe(0)
      const request = JSON.parse(await readFile(JSON.parse(ran.stdout).request, 'utf8'))
      return (await verifyJoinRequest(request, alliance.registry)).request.signing.jwk
    },
  }
}

async function coordinatorToken({ node: { people } }: Participant): Promise<string> {
  const person = await people.add({ name: 'Coordinator', roles: ['coordinator'] })
  return (await people.createToken({ person: person.id, label: 'test', days: 1 })).secret
}

function signingOf(members: readonly Member[]): Member['signing'] {
  const member = members.find(({ id }) => id === 'QM')
  if (member === undefined) throw new TypeError('There is no QM.')
  return member.signing
}

function addKey(members: readonly Member[], jwk: PublicJwk, from: Record<string, number>): void {
  signingOf(members).push({ kid: thumbprint(jwk), jwk: publicHalf(jwk), from })
}

/** The key with which QM began; it was never used in the other channel. */
function endOld(members: readonly Member[], last: Place): void {
  const [old] = signingOf(members)
  if (old !== undefined) old.end = { torture: last, capital: { seq: 0, id: null } }
}

async function untilMembers(all: readonly Participant[], version: number): Promise<void> {
  for (const { node } of all)
    await eventually(() => expect(node.desk.registry().members.version).toBe(version))
}

async function expectStandings(all: readonly Participant[], expected: readonly string[]): Promise<void> {
  for (const { notices } of all) {
    const standings = async () => (await notices()).map(({ standing }) => standing)
    await eventually(async () => expect(await standings()).toEqual(expected))
  }
}

/** The key in the header of each notice, as each node holds it. */
async function expectKeys(all: readonly Participant[], expected: readonly string[]): Promise<void> {
  for (const { node, notices } of all) {
    const kids = async () =>
      (await notices()).map(({ id }) => {
        const [jws = ''] = (node.desk.notices.text(id, { nominal: true }) ?? '').split('~')
        return parseEnvelope(jws, { net: node.desk.registry().net }).kid
      })
    await eventually(async () => expect(await kids()).toEqual(expected))
  }
}
