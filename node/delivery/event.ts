import { sha256 } from '#protocol'
import type { Delivery, DeliveryKind, NoticePointer, ToldNotice } from '../subscription.ts'

/** CloudEvents 1.0 in structured mode. */
export interface Event {
  specversion: '1.0'
  id: string
  source: string
  type: string
  subject: string
  /** RFC 3339. */
  time: string
  datacontenttype: 'application/json'
  data: object
  /** Extension attributes. */
  exercise?: true
  about?: string
  reminderof?: string
}

export const eventMediaType = 'application/cloudevents+json; charset=utf-8'

const prefix = 'alliance.focalpoint'

/** The types of events about notices that were told before; a notice that comes in has the name of its own type. */
const typesByKind: Record<Exclude<DeliveryKind, 'notice'>, string> = {
  parts: `${prefix}.change.parts`,
  erased: `${prefix}.change.erased`,
  voided: `${prefix}.change.voided`,
  forked: `${prefix}.change.disputed`,
  matched: `${prefix}.match`,
  test: `${prefix}.test`,
}

/**
 * The id of an event for one subscription: the same whenever it is told, so that its receiver takes it once. The first
 * telling of a notice goes by the notice alone, for cursors of a store that was filled again are others.
 */
export function deliveryId(
  subscription: string,
  { kind, subject, cursor }: { kind: DeliveryKind | 'reminder'; subject: string; cursor?: number },
): string {
  return `msg_${sha256([subscription, kind, subject, ...(cursor === undefined ? [] : [cursor])].join(' '))}`
}

/** Of what is read here only: not even its type, nor what it answers. */
const pointerType = `${prefix}.pointer`

/** Made of what the node holds now: what was erased since is not in it. */
export function eventOf(
  delivery: Delivery,
  { member, notice }: { member: string; notice: ToldNotice | NoticePointer | undefined },
): Event {
  const { id, kind, subject, at, about, reminderOf, subscription } = delivery
  return {
    specversion: '1.0',
    id,
    source: `urn:focalpoint:${member}`,
    type: kind === 'notice' ? typeOf(notice) : typesByKind[kind],
    subject,
    time: new Date(at * 1000).toISOString(),
    datacontenttype: 'application/json',
    ...(notice?.exercise && { exercise: true }),
    ...(about !== undefined && !isPointer(notice) && { about }),
    ...(reminderOf !== undefined && { reminderof: reminderOf }),
    data: notice ?? dataWithoutNotice[kind]?.({ subject, subscription }) ?? {},
  }
}

function typeOf(notice: ToldNotice | NoticePointer | undefined): string {
  return isPointer(notice) ? pointerType : `${prefix}.notice.${notice?.type}`
}

function isPointer(notice: ToldNotice | NoticePointer | undefined): notice is NoticePointer {
  return notice !== undefined && 'isReadHereOnly' in notice
}

/** Events that are about no notice. */
const dataWithoutNotice: {
  [Kind in DeliveryKind]?: (of: { subject: string; subscription: string }) => object
} = {
  matched: ({ subject, subscription }) => ({ consignment: subject, subscription }),
  test: ({ subscription }) => ({ subscription, text: 'This is a test: nothing has happened.' }),
}

export function isAboutNotice(kind: DeliveryKind): boolean {
  return dataWithoutNotice[kind] === undefined
}
