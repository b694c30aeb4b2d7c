import { z } from 'zod'

// What the command line reads of the API's answers: a newer node may say more.

const ref = z.looseObject({ id: z.string(), rel: z.string() })

export const noticeAnswer = z.looseObject({
  id: z.string(),
  issuer: z.string(),
  channel: z.string(),
  seq: z.number(),
  type: z.string(),
  label: z.string(),
  summary: z.string(),
  issuedAt: z.string(),
  receivedAt: z.string(),
  status: z.string(),
  standing: z.string(),
  exercise: z.boolean(),
  flags: z.array(z.string()),
  body: z.record(z.string(), z.json()).optional(),
  nominal: z.record(z.string(), z.json()).optional(),
  parts: z.array(
    z.looseObject({
      name: z.string(),
      to: z.string(),
      until: z.string().optional(),
      held: z.boolean(),
      erased: z.boolean(),
    }),
  ),
  refs: z.array(ref),
  referredToBy: z.array(ref.extend({ type: z.string(), issuer: z.string() })),
  heldBy: z.looseObject({ count: z.number(), of: z.number(), missing: z.array(z.string()) }),
})
export type NoticeAnswer = z.infer<typeof noticeAnswer>

export const noticesAnswer = z.array(noticeAnswer)

export const draftAnswer = z.looseObject({
  id: z.string(),
  version: z.number(),
  updatedAt: z.string(),
  returned: z.looseObject({ reason: z.string() }).optional(),
  draft: z.looseObject({
    type: z.string(),
    body: z.record(z.string(), z.json()),
    nominal: z.record(z.string(), z.json()).optional(),
    readers: z.array(z.string()).optional(),
    parts: z.record(z.string(), z.looseObject({ to: z.string(), until: z.string().optional() })),
  }),
})
export type DraftAnswer = z.infer<typeof draftAnswer>
export const draftsAnswer = z.array(draftAnswer)

export const eventAnswer = z.looseObject({
  cursor: z.number(),
  kind: z.string(),
  id: z.string(),
  at: z.string(),
  notice: noticeAnswer.optional(),
})
export type EventAnswer = z.infer<typeof eventAnswer>

export const eventsAnswer = z.array(eventAnswer)

const keyAnswer = z.looseObject({ kid: z.string(), state: z.string() })

const participantAnswer = z.looseObject({
  member: z.string(),
  names: z.record(z.string(), z.string()),
  status: z.string(),
  connected: z.boolean(),
  behindBy: z.number(),
  lastHeardAt: z.string().optional(),
  software: z.string().optional(),
  clockDifferenceSeconds: z.number().optional(),
  membersVersion: z.number().optional(),
  keys: z.array(keyAnswer),
  lastError: z.string().optional(),
})
export type ParticipantAnswer = z.infer<typeof participantAnswer>

const holdingAnswer = z.looseObject({
  channel: z.string(),
  issuer: z.string(),
  head: z.number(),
  heldBy: z.looseObject({ count: z.number(), of: z.number() }),
  heldBySeq: z.record(z.string(), z.number()),
})

const alarmAnswer = z.looseObject({ code: z.string(), at: z.string(), detail: z.string() })

export const networkAnswer = z.looseObject({
  member: z.string(),
  participants: z.array(participantAnswer),
  signing: z.looseObject({ state: z.string(), reason: z.string().optional() }),
  channels: z.array(
    z.looseObject({
      channel: z.string(),
      state: z.string(),
      reason: z.string().optional(),
      key: z.string().optional(),
    }),
  ),
  registry: z.looseObject({
    root: z.number(),
    members: z.number(),
    expires: z.string(),
    daysLeft: z.number(),
    expired: z.boolean(),
    issuingStopsAt: z.string(),
  }),
  alarms: z.array(alarmAnswer),
  holdings: z.array(holdingAnswer),
})
export type NetworkAnswer = z.infer<typeof networkAnswer>

export const healthAnswer = z.looseObject({
  ready: z.boolean(),
  checks: z.array(z.looseObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
})
export type HealthAnswer = z.infer<typeof healthAnswer>

export const personAnswer = z.looseObject({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  disabled: z.boolean(),
})
export const peopleAnswer = z.array(personAnswer)
export const signInLinkAnswer = z.looseObject({ url: z.string(), expiresAt: z.string() })

const tokenAnswer = z.looseObject({
  id: z.string(),
  person: z.string(),
  roles: z.array(z.string()),
  label: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().optional(),
})
export const tokensAnswer = z.array(tokenAnswer)
export const newTokenAnswer = z.looseObject({ secret: z.string(), token: tokenAnswer })

export const exportTally = z.looseObject({
  notices: z.number(),
  lines: z.number(),
  leftOut: z.record(z.string(), z.number()),
})
