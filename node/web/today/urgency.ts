import { findNoticeType, isPast, type NoticeType, type Urgency, urgencies } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { bodyForm, fieldAt } from '../content/form.ts'

/** A day that is due for this office, and what. */
export interface Due {
  day: string
  /** The title of the field that sets it. */
  title: string
  article?: string
}

const soonDays = 60
const daySeconds = 86_400

/** Most pressing first, then the nearest day, then the newest. */
export function byUrgency<Item extends { view: NoticeView; urgency: Urgency; due: Due | undefined }>(
  items: readonly Item[],
): Item[] {
  return items.toSorted(
    (one, other) =>
      urgencies.indexOf(one.urgency) - urgencies.indexOf(other.urgency) ||
      (one.due?.day ?? '9999').localeCompare(other.due?.day ?? '9999') ||
      other.view.cursor - one.view.cursor,
  )
}

/** What takes something back or puts it right is pressing; what was withdrawn itself is not. */
export function urgencyOf(view: NoticeView, types: readonly NoticeType[]): Urgency {
  const type = findNoticeType(view.type, types)
  if (type === undefined || view.body === undefined || !isReadable(view)) return 'routine'
  if (view.status === 'withdrawn') return 'routine'
  return type.answers?.status === undefined ? (type.urgency?.(view.body as never) ?? 'routine') : 'priority'
}

/** The nearest day within two months that binds us; days in the past bind nobody any more. */
export function dueOf(
  view: NoticeView,
  { types, member, now }: { types: readonly NoticeType[]; member: string; now: number },
): Due | undefined {
  return dueIn(view, { types, member })
    .filter(({ day }) => !isPast(day, now))
    .find(({ day }) => Date.parse(day) / 1000 - now <= soonDays * daySeconds)
}

/** The days that it sets for us, past or not, the earliest first. */
export function dueIn(
  view: NoticeView,
  { types, member }: { types: readonly NoticeType[]; member: string },
): Due[] {
  const type = findNoticeType(view.type, types)
  if (type?.deadlines === undefined || view.body === undefined || !isReadable(view)) return []
  if (view.status === 'withdrawn') return []
  const binds = view.issuer === member ? 'issuer' : 'readers'
  return type
    .deadlines(view.body as never)
    .filter(each => each.binds === binds)
    .toSorted((one, other) => one.day.localeCompare(other.day))
    .map(({ day, at, article }) => ({
      day,
      title: fieldAt(bodyForm(type), at)?.title ?? '',
      ...(article !== undefined && { article }),
    }))
}

function isReadable({ flags }: NoticeView): boolean {
  return !flags.includes('body-form') && !flags.includes('type-unknown')
}
