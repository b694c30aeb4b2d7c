import { advanceRegistry, type Registry } from '#protocol'
import { demonstrationKey, keysOfMember, peerIdOf } from '../alliance.ts'
import {
  firstKeyOf,
  keys,
  memberOf,
  membersAfter,
  registry,
  secondKey,
  signingKey,
  signMembers,
  strangersKey,
  withSecondKey,
} from '../vectors/alliance.ts'
import { bodyForAll, type PartPlan, type Written, write, writtenAt } from '../vectors/writing.ts'
import { logOf } from './history.ts'

const places = 60
/** QM's first key ends here, and so does QN's in the newest registry. */
const [endOfQM, endOfQN] = [30, 20]
const newcomer = keysOfMember('verdicts', 'XF')

/** What honest issuers of this and later versions write: other types, rels and parts, dates that are over, odd clocks. */
function variety(seq: number): { [member: string]: string | number | { id: string; rel: string }[] } {
  return {
    ...(seq % 7 === 0 && { type: 'inspection' }),
    ...(seq % 11 === 0 && { refs: [{ id: 'A'.repeat(43), rel: 'questions' }] }),
    ...(seq % 17 === 0 && { v: 2, seals: 3 }),
    ...(seq % 5 === 0 && { iat: writtenAt + (seq % 2 === 0 ? 1e9 : -1e9) }),
  }
}

function partsOf(seq: number): readonly PartPlan[] {
  const body: PartPlan = { ...bodyForAll, value: { text: { en: `Notice ${seq}.` } } }
  if (seq % 13 === 0) return [{ ...body, until: '2026-01-01' }]
  if (seq % 4 === 0) {
    return [
      body,
      { name: 'nominal', value: { p1: 'Kestrel' }, to: 'named' },
      { name: 'readers', value: ['QN'], to: 'named' },
    ]
  }
  return [body]
}

const plan = { payload: variety, parts: partsOf }
const ofQM = logOf({ ...plan, issuer: 'QM', key: keys.QM.signing, count: endOfQM })
const ofQMLater = logOf({
  ...plan,
  issuer: 'QM',
  key: secondKey,
  from: endOfQM + 1,
  prev: idAt(ofQM, endOfQM),
  count: places - endOfQM,
  payload: seq => ({ ...variety(seq), members: 2 }),
})
const ofQN = logOf({ ...plan, issuer: 'QN', key: keys.QN.signing, count: places })
const ofXE = logOf({ ...plan, issuer: 'XE', key: keys.XE.signing, count: places })
const ofXF = logOf({
  ...plan,
  issuer: 'XF',
  key: newcomer.signing,
  count: places,
  payload: seq => ({ ...variety(seq), members: 3 }),
})

/** Signed by honest members, in log order. */
export const logs: readonly (readonly Written[])[] = [[...ofQM, ...ofQMLater], ofQN, ofXE, ofXF]
/** Another branch of QN's log, from place 10. */
export const branch = logOf({
  ...plan,
  issuer: 'QN',
  key: keys.QN.signing,
  from: 10,
  prev: idAt(ofQN, 9),
  count: 6,
  iat: () => writtenAt + 9,
  payload: () => ({}),
})

const nearEnd = [endOfQM - 1, endOfQM, endOfQM + 1, endOfQM + 2, endOfQM + 9]

/** Not by honest members: forks, a key after its end, strangers, another's name, another channel, bad signatures. */
export const dishonest: readonly string[] = [
  ...branch.map(({ text }) => text),
  ...nearEnd.flatMap(seq =>
    logOf({ issuer: 'QM', key: keys.QM.signing, from: seq, prev: idAt(ofQM, endOfQM), count: 2 }).map(
      ({ text }) => text,
    ),
  ),
  ...[1, 2, 3, 99].flatMap(members => [
    write({ key: strangersKey, payload: { members } }).text,
    write({ key: keys.QN.signing, payload: { members } }).text,
    write({ key: keys.XE.signing, payload: { iss: 'XE', channel: 'capital', members } }).text,
    write({ key: keys.XE.signing, payload: { iss: 'XE', channel: 'other', members } }).text,
    write({ payload: { members }, signature: () => 'A'.repeat(86) }).text,
    write({ key: demonstrationKey('verdicts', 'XG', 'signing'), payload: { iss: 'XG', members } }).text,
  ]),
]

/** Members 1; QM with a second key; and QN suspended, with XF as a newcomer. */
export const registries: readonly Registry[] = await registriesOf()

async function registriesOf(): Promise<Registry[]> {
  const second = await withSecondKey({ seq: endOfQM, id: idAt(ofQM, endOfQM) ?? '' })
  const peerId = await peerIdOf(newcomer.node)
  const members = membersAfter(second, next => {
    const qn = memberOf(next, 'QN')
    qn.status = 'suspended'
    firstKeyOf(next, 'QN').end = {
      torture: { seq: endOfQN, id: idAt(ofQN, endOfQN) },
      capital: { seq: 0, id: null },
    }
    next.members.push({
      ...memberOf(next, 'XE'),
      id: 'XF',
      nodes: [{ peerId, addrs: [] }],
      signing: [signingKey(newcomer.signing, { torture: 1 })],
      recovery: [],
    })
  })
  return [registry, second, await advanceRegistry(second, { members: await signMembers(members) })]
}

function idAt(log: readonly Written[], seq: number): string | null {
  return log[seq - 1]?.id ?? null
}
