import { changedPlaces, correctedBy, findNoticeType, type NoticeType } from '#protocol'
import type { Desk, NoticeView } from '../../desk/desk.ts'
import { bodyForm, fieldAt } from '../content/form.ts'
import type { Visit } from '../visit.ts'

const titlesNamed = 3

/** By the id of an answer that changes another notice: that notice, where this node holds it. */
export type AnsweredNotices = ReadonlyMap<string, NoticeView>

/** One look-up for each notice that takes another back or puts it right; none for the others. */
export async function answeredBy(
  views: readonly NoticeView[],
  { notices, types }: Desk,
): Promise<AnsweredNotices> {
  const found = await Promise.all(
    views.map(async (view): Promise<[string, NoticeView][]> => {
      const id = answeredId(view, types)
      const answered = id === undefined ? undefined : await notices.find(id, { nominal: false })
      return answered !== undefined && answers(view, answered, types) ? [[view.id, answered]] : []
    }),
  )
  return new Map(found.flat())
}

/** The same, of a notice whose references have been looked up. */
export function answeredIn(
  { view, refersTo }: { view: NoticeView; refersTo: readonly { id: string; view: NoticeView | undefined }[] },
  types: readonly NoticeType[],
): NoticeView | undefined {
  const found = refersTo.find(({ id }) => id === answeredId(view, types))?.view
  return found !== undefined && answers(view, found, types) ? found : undefined
}

/** Whether the one takes back or puts right the other, by its type's own rule. */
export function answers(view: NoticeView, other: NoticeView, types: readonly NoticeType[]): boolean {
  if (answeredId(view, types) !== other.id) return false
  return findNoticeType(view.type, types)?.answers?.from === 'anyone' || view.issuer === other.issuer
}

function answeredId({ type, refs, standing }: NoticeView, types: readonly NoticeType[]): string | undefined {
  const rule = findNoticeType(type, types)?.answers
  if (rule?.status === undefined || standing === 'void' || standing === 'disputed') return undefined
  return refs.find(({ rel }) => rel === rule.rel)?.id
}

/** Whether this member reports back in it to the issuer of what it refers to. */
export function isReplyBy(
  member: string,
  { issuer, rel, type }: NoticeView['referredToBy'][number],
  types: readonly NoticeType[],
): boolean {
  return issuer === member && rel === 'answers' && findNoticeType(type, types)?.answers?.rel === rel
}

/** The titles of the fields that this correction changes; none where it takes back, or where they cannot be told. */
export function changedTitles(
  view: Pick<NoticeView, 'type' | 'body'>,
  answered: NoticeView,
  { visit: { words }, types }: { visit: Visit; types: readonly NoticeType[] },
): string[] {
  const type = findNoticeType(answered.type, types)
  if (type === undefined || answered.body === undefined) return []
  const next = correctedBy(view, answered.body, types)
  const titles = changedPlaces(answered.body, next ?? answered.body).flatMap(place => {
    const title = titleAt(place, type)
    return title === undefined ? [] : [words(title)]
  })
  const all = [...new Set(titles)]
  return all.length > titlesNamed ? [...all.slice(0, titlesNamed), '…'] : all
}

/** A value within a group is told by the title of the group: "Quantity", not "Value". */
function titleAt(place: string, type: NoticeType): string | undefined {
  const form = bodyForm(type)
  const [, name = '', ...within] = place.split('/')
  const isListed = /^\d+$/.test(within[0] ?? '')
  const depth = isListed && within.length > 1 ? 3 : 1
  const nearest = `/${[name, ...within].slice(0, depth).join('/')}`
  return fieldAt(form, nearest)?.title ?? fieldAt(form, `/${name}`)?.title
}
