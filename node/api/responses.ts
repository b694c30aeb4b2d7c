import { z } from 'zod'
import { roles } from '../people.ts'
import { noticeStatuses, type StoredDraft, standings } from './desk.ts'
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
    releasedAs: z.string().exactOptional(),
  })
  .meta({ title: 'Stored draft' })

/** A draft as the API shows it: times in ISO 8601. */
export function draftView({
  createdAt,
  updatedAt,
  draft,
  ...rest
}: StoredDraft): z.infer<typeof storedDraft> {
  return { ...rest, draft: { ...draft }, createdAt: isoOf(createdAt), updatedAt: isoOf(updatedAt) }
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
  .meta({ title: 'Notice' })

export const event = z
  .strictObject({
    cursor: z.int(),
    kind: z.enum(['notice', 'parts', 'erased', 'voided', 'forked']),
    id: z.string().meta({ description: 'The id of the notice.' }),
    at: isoTime,
    notice: notice.exactOptional(),
  })
  .meta({ title: 'Event' })

export const participant = z
  .strictObject({
    member: z.string(),
    names: z.record(z.string(), z.string()),
    status: z.string(),
    behindBy: z.int(),
    lastHeardAt: isoTime.exactOptional(),
    software: z.string().exactOptional(),
    clockDifferenceSeconds: z.number().exactOptional(),
    lastError: z.string().exactOptional(),
  })
  .meta({ title: 'Participant' })

export const network = z
  .strictObject({
    member: z.string(),
    participants: z.array(participant),
    signing: z.strictObject({ state: z.string(), reason: z.string().exactOptional() }),
    registry: z.strictObject({ root: z.int(), members: z.int(), expires: z.string() }),
  })
  .meta({ title: 'Network' })

export const person = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    roles: z.array(z.enum(roles)).readonly(),
    disabled: z.boolean(),
    createdAt: isoTime,
  })
  .meta({ title: 'Person' })

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
  .meta({ title: 'Token' })

export const health = z
  .strictObject({
    ready: z.boolean(),
    checks: z.array(z.strictObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  })
  .meta({ title: 'Health' })
