import { canonical, type Members, sha256 } from '#protocol'
import { signByAll } from '../../alliance.ts'
import { Bed, waitFor } from '../../attack/bed.ts'
import { Child } from '../../attack/child.ts'
import type { FlooderCommands } from '../../attack/flooder.ts'
import type { ScoreRow } from '../row.ts'

const [publisher, revoked, thief] = ['QM', 'XH', 'XF']
const hosted = [
  ['QM', 'QN'],
  ['XD', 'XE'],
]
const patienceMs = 20_000
const sentBefore = 5

export const row: ScoreRow = {
  name: 'revocation',
  title: 'a member is suspended and its stolen key ended, by a document published at one node',
  target: 'honoured by the last node, online, in ≤ 5 s',
  limitSeconds: { full: 120, short: 60 },
  run: async ({ seed }) => {
    const { seconds, before, after, returned } = await revocation(seed)
    return [
      {
        name: 'revocation: honoured by the last of four nodes after',
        value: seconds,
        unit: 's',
        target: '≤ 5 s',
        met: seconds <= 5 && after === 0 && returned === 0,
        rounds: 1,
        beside: {
          'notices by the key taken as true before': before,
          'notices by the key taken as true after': after,
          'connections let in again': returned,
        },
      },
    ]
  },
}

async function revocation(seed: number) {
  const place = { members: 6, seed, kind: 'own log' }
  await using bed = await Bed.open({ ...place, hosted })
  await using member = await Child.start<FlooderCommands>('flooder.ts', { ...place, member: revoked })
  const stolen = { ...place, member: thief, thiefOf: revoked }
  await using relay = await Child.start<FlooderCommands>('flooder.ts', stolen)
  const addresses = await bed.addresses()
  for (const child of [member, relay]) await child.ask('connect', addresses)
  const early = await relay.ask('send', sentBefore)
  const ids = early.map(({ id }) => id)
  const all = sentBefore * bed.honest.length
  const before = await waitFor(
    async () => ((await sum(bed, host => host.ask('verified', ids))) === all ? all : undefined),
    { patienceMs },
  )

  const document = await suspendedBy(bed, early.at(-1) ?? null)
  const publishedAt = performance.now()
  await bed.hostOf(publisher).ask('adopt', { member: publisher, ...document })
  const isHonoured = await waitFor(
    async () => {
      const suspending = await sum(bed, host => host.ask('suspending', revoked))
      const left = await member.ask('listening')
      return suspending === bed.honest.length && left === 0 ? true : undefined
    },
    { patienceMs },
  )
  const seconds = isHonoured ? (performance.now() - publishedAt) / 1_000 : Number.POSITIVE_INFINITY

  const late = (await relay.ask('send', sentBefore)).map(({ id }) => id)
  const returned = await member.ask('comeAgain')
  const after = await sum(bed, host => host.ask('verified', late))
  return { seconds, before: before ?? 0, after, returned }
}

async function sum(bed: Bed, ask: (host: Bed['hosts'][number]) => Promise<number>): Promise<number> {
  const all = await Promise.all(bed.hosts.map(ask))
  return all.reduce((total, each) => total + each, 0)
}

/** The next members document, by as many coordinators as it takes. */
async function suspendedBy({ alliance }: Bed, end: { seq: number; id: string } | null) {
  const { members, signedMembers, root } = alliance.registry
  const channel = 'torture'
  const next: Members = {
    ...members,
    version: members.version + 1,
    prevHash: sha256(signedMembers.document),
    members: members.members.map(member =>
      member.id !== revoked
        ? member
        : {
            ...member,
            status: 'suspended',
            signing: member.signing.map(key => ({
              ...key,
              end: { [channel]: end ?? { seq: 0, id: null } },
            })),
          },
    ),
  }
  const signers = alliance.coordinatorKeys.slice(0, root.threshold)
  return signByAll({ value: JSON.parse(canonical(next)), typ: 'members+jws', signers })
}
