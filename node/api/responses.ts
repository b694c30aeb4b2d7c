import { z } from 'zod'
import { noticeStatuses, type StoredDraft, standings } from '../desk/desk.ts'
import { peerStatuses } from '../desk/peer-status.ts'
import { roles } from '../people.ts'
import { keptConsignment } from './customs/screening-responses.ts'
import { examples } from './examples.ts'
import { isoOf } from './times.ts'

const json = z.record(z.string(), z.unknown())
const isoTime = z.string().meta({ format: 'date-time' })
const fieldError = z.strictObject({
  pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) to the wrong field.' }),
  code: z.string(),
  detail: z.string(),
})

/** What every failed request answers. */
export const problemForm = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable: programs decide by it.' }),
    errors: z.array(fieldError).exactOptional(),
  })
  .meta({ title: 'Problem', description: 'RFC 9457.' })

export const storedDraft = z
  .strictObject({
    id: z.string(),
    draft: json,
    author: z.string(),
    createdAt: isoTime,
    updatedAt: isoTime,
    version: z.int(),
    returned: z
      .strictObject({ by: z.string(), at: isoTime, reason: z.string() })
      .exactOptional()
      .meta({ description: 'A releaser sent it back, and why: it is released once it is sent again.' }),
    releasedAs: z.string().exactOptional(),
  })
  .meta({ title: 'Stored draft', examples: [examples.draft] })

/** A draft as the API shows it: times in ISO 8601. */
export function draftView({
  createdAt,
  updatedAt,
  draft,
  editors: _,
  returned,
  ...rest
}: StoredDraft): z.infer<typeof storedDraft> {
  return {
    ...rest,
    draft: { ...draft },
    createdAt: isoOf(createdAt),
    updatedAt: isoOf(updatedAt),
    ...(returned && { returned: { ...returned, at: isoOf(returned.at) } }),
  }
}

export const notice = z
  .strictObject({
    id: z.string(),
    issuer: z.string(),
    channel: z.string(),
    seq: z.int(),
    type: z.string(),
    label: z.string(),
    summary: z.string(),
    issuedAt: isoTime,
    receivedAt: isoTime,
    status: z.enum(noticeStatuses),
    standing: z.enum(standings),
    exercise: z.boolean(),
    flags: z.array(z.string()).readonly(),
    body: json.exactOptional(),
    nominal: json.exactOptional(),
    parts: z.array(
      z.strictObject({
        name: z.string(),
        to: z.string(),
        until: z.string().exactOptional(),
        held: z.boolean(),
        erased: z.boolean(),
      }),
    ),
    refs: z.array(z.strictObject({ id: z.string(), rel: z.string() })).readonly(),
    referredToBy: z.array(
      z.strictObject({ id: z.string(), rel: z.string(), type: z.string(), issuer: z.string() }),
    ),
    heldBy: z.strictObject({ count: z.int(), of: z.int(), missing: z.array(z.string()) }),
    cursor: z.int(),
  })
  .meta({ title: 'Notice', examples: [examples.notice] })

export const event = z
  .strictObject({
    cursor: z.int(),
    kind: z.enum(['notice', 'parts', 'erased', 'voided', 'forked', 'matched']).meta({
      description: 'What happened to the notice; the introduction says what to do with each. More may come.',
    }),
    id: z.string().meta({ description: 'The id of the notice; of what "matched", of the consignment.' }),
    at: isoTime,
    notice: notice.exactOptional().meta({ description: 'As it stands now; absent when it is not held.' }),
    consignment: keptConsignment.exactOptional().meta({ description: 'Only for whoever keeps it.' }),
  })
  .meta({ title: 'Event', examples: [examples.event] })

const places = z.record(z.string(), z.int())

const signingKey = z
  .strictObject({
    kid: z.string(),
    state: z.string().meta({ description: 'in force, stopped, or ended.' }),
    from: places,
    end: places.exactOptional(),
    until: isoTime.exactOptional(),
  })
  .meta({ title: 'Signing key' })

export const participant = z
  .strictObject({
    member: z.string(),
    names: z.record(z.string(), z.string()),
    status: z.enum(peerStatuses),
    connected: z.boolean(),
    behindBy: z.int().meta({ description: 'How many notices that we hold it lacks.' }),
    lastHeardAt: isoTime.exactOptional(),
    software: z.string().exactOptional(),
    clockDifferenceSeconds: z.number().exactOptional().meta({ description: 'Its clock less ours.' }),
    rootVersion: z.int().exactOptional(),
    membersVersion: z.int().exactOptional(),
    storeBytes: z.int().exactOptional(),
    lagMs: z.int().exactOptional(),
    keys: z.array(signingKey),
    lastError: z.string().exactOptional().meta({ description: 'Literally, as it went wrong.' }),
  })
  .meta({ title: 'Participant', examples: [examples.participant] })

const channelState = z
  .strictObject({
    channel: z.string(),
    state: z.string(),
    reason: z.string().exactOptional(),
    key: z
      .string()
      .exactOptional()
      .meta({ description: 'The key that signs our next notice; absent where none may.' }),
    heardFrom: z.int().meta({ description: 'Members that have told all their heads of it since our start.' }),
    others: z.int(),
  })
  .meta({ title: 'Channel' })

const registryState = z
  .strictObject({
    root: z.int(),
    members: z.int(),
    expires: isoTime,
    daysLeft: z.int(),
    expired: z.boolean(),
    issuingStopsAt: isoTime,
    hash: z.string(),
  })
  .meta({ title: 'Registry state' })

const holding = z
  .strictObject({
    channel: z.string(),
    issuer: z.string(),
    head: z.int(),
    heldBy: z.strictObject({ count: z.int(), of: z.int() }),
    heldBySeq: places,
  })
  .meta({ title: 'Holding', description: 'Who holds one log, and how far.' })

const networkExample = {
  member: 'QM',
  participants: [examples.participant],
  signing: { state: 'ready' },
  channels: [{ channel: 'torture', state: 'ready', heardFrom: 1, others: 1 }],
  registry: {
    root: 1,
    members: 1,
    expires: '2030-01-01T00:00:00.000Z',
    daysLeft: 1000,
    expired: false,
    issuingStopsAt: '2030-01-31T00:00:00.000Z',
    hash: examples.token.id,
  },
  alarms: [],
  holdings: [
    { channel: 'torture', issuer: 'QM', head: 3, heldBy: { count: 1, of: 2 }, heldBySeq: { QM: 3, QN: 2 } },
  ],
}

export const network = z
  .strictObject({
    member: z.string(),
    participants: z.array(participant),
    signing: z.strictObject({ state: z.string(), reason: z.string().exactOptional() }),
    channels: z.array(channelState),
    registry: registryState,
    alarms: z.array(
      z.strictObject({
        code: z.string(),
        at: isoTime,
        detail: z.string(),
        member: z
          .string()
          .exactOptional()
          .meta({ description: 'Whom it is about, where it is about one member.' }),
      }),
    ),
    holdings: z.array(holding),
  })
  .meta({ title: 'Network', examples: [networkExample] })

export const person = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.enum(roles)).readonly(),
    disabled: z.boolean(),
    createdAt: isoTime,
  })
  .meta({ title: 'Person', examples: [examples.person] })

export const token = z
  .strictObject({
    id: z.string(),
    person: z.string(),
    roles: z.array(z.enum(roles)).readonly(),
    label: z.string(),
    createdAt: isoTime,
    expiresAt: isoTime,
    revokedAt: isoTime.exactOptional(),
  })
  .meta({ title: 'Token', examples: [examples.token] })

export const me = z
  .strictObject({
    member: z.string().meta({ description: 'The participant that this node speaks for.' }),
    id: z.string().meta({ description: 'The id of the person.' }),
    name: z.string(),
    roles: z.array(z.enum(roles)).readonly().meta({
      description: 'What this token lets its person do: those of its roles that the person still has.',
    }),
    token: z.strictObject({ id: z.string(), label: z.string(), expiresAt: isoTime }),
  })
  .meta({
    title: 'Who asks',
    examples: [
      {
        member: 'QM',
        id: examples.person.id,
        name: examples.person.name,
        roles: examples.token.roles,
        token: {
          id: examples.token.id,
          label: examples.token.label,
          expiresAt: examples.token.expiresAt,
        },
      },
    ],
  })

export const signInLink = z
  .strictObject({
    url: z.string().meta({ description: 'Opens once. Shown this once: give it to nobody but the person.' }),
    expiresAt: isoTime,
  })
  .meta({
    title: 'Sign-in link',
    examples: [
      { url: `http://127.0.0.1:7700/sign-in/fl_${'A'.repeat(43)}`, expiresAt: examples.person.createdAt },
    ],
  })

export const health = z
  .strictObject({
    ready: z.boolean(),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ title: 'Health', examples: [examples.health] })
