import { findNoticeType, type NoticeType } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { readsNominal } from '../../people.ts'
import { isReplyBy } from '../components/answered.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'
import { type CorrectedBody, correctedBody } from './corrections.ts'

/** Answers beyond this many are counted; those that change the notice are always read. */
const answersRead = 40

/** A notice with all that is known of it here. */
export interface Story extends CorrectedBody {
  view: NoticeView
  /** Undefined for a kind that this version does not know. */
  type: NoticeType | undefined
  withdrawals: readonly NoticeView[]
  corrections: readonly NoticeView[]
  /** Those that refer to it, oldest first, and how. */
  answers: readonly Related[]
  /** What this office itself last reported back to its issuer. */
  reply: NoticeView | undefined
  /** Those that are not read here. */
  moreAnswers: number
  /** Those that it refers to; undefined where this node does not hold it. */
  refersTo: readonly { id: string; rel: string; view: NoticeView | undefined }[]
}

export interface Related {
  view: NoticeView
  rel: string
}

export async function readStory(office: Office, visit: MemberVisit): Promise<Story | undefined> {
  const { desk } = office
  const reader = { nominal: readsNominal(visit.visitor.roles) }
  const view = await desk.notices.find(visit.params.id ?? '', reader)
  if (view === undefined) return undefined
  const type = findNoticeType(view.type, desk.types)
  const changing = view.referredToBy.filter(each => mayChange(each, view, desk.types))
  const others = view.referredToBy.filter(each => !changing.includes(each))
  const read = [...changing.slice(-answersRead), ...others.slice(-answersRead)]
  const answers = await related(read, id => desk.notices.find(id, reader))
  const effective = answers.filter(
    each =>
      mayChange({ ...each.view, rel: each.rel }, view, desk.types) &&
      !['void', 'disputed'].includes(each.view.standing),
  )
  const withStatus = (status: 'withdrawn' | 'corrected') =>
    effective
      .map(each => each.view)
      .filter(each => findNoticeType(each.type, desk.types)?.answers?.status === status)
  const corrections = withStatus('corrected')
  const reply = view.referredToBy.findLast(each => isReplyBy(desk.member, each, desk.types))
  return {
    view,
    type,
    ...correctedBody(view, corrections, desk.types),
    withdrawals: withStatus('withdrawn'),
    corrections,
    answers,
    reply: reply && (await desk.notices.find(reply.id, reader)),
    moreAnswers: view.referredToBy.length - read.length,
    refersTo: await Promise.all(
      view.refs.map(async ({ id, rel }) => ({ id, rel, view: await desk.notices.find(id, reader) })),
    ),
  }
}

/** Only by its type's own rule, and from whom that rule lets do it. */
function mayChange(
  { rel, type, issuer }: { rel: string; type: string; issuer: string },
  target: NoticeView,
  types: readonly NoticeType[],
): boolean {
  const rule = findNoticeType(type, types)?.answers
  if (rule?.status === undefined || rule.rel !== rel) return false
  return rule.from === 'anyone' || issuer === target.issuer
}

async function related(
  refs: readonly { id: string; rel: string }[],
  find: (id: string) => Promise<NoticeView | undefined>,
): Promise<Related[]> {
  const found = await Promise.all(
    refs.map(async ({ id, rel }) => {
      const view = await find(id)
      return view === undefined ? [] : [{ view, rel }]
    }),
  )
  return found.flat().toSorted((one, other) => one.view.cursor - other.view.cursor)
}
