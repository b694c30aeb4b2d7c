import { setImmediate } from 'node:timers/promises'
import { findGoods, findNoticeType, type JsonObject, type NoticeType } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import type { Answers, StoredDraft, UnfinishedDraft } from '../../desk/drafting.ts'
import { Code, Written } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { Tag } from '../components/tag.ts'
import { When } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer } from '../route.ts'
import { has, type MemberVisit, type Visit } from '../visit.ts'
import { AnswersLine, answeredByBody } from './answers-line.ts'
import { deadlineOf } from './deadline.ts'
import { DeadlineLine } from './deadline-line.ts'
import { answersOf } from './form/answers.ts'
import { formOf } from './form/describe.ts'
import { filled } from './form/filled.ts'
import { dayOfVisit, mayRead, mayWrite, objectAt } from './work.ts'

interface Line {
  id: string
  typeName: string
  author: string
  updatedAt: number
  unfinished?: UnfinishedDraft
  draft?: StoredDraft
}

/** More than an office has open at once; the oldest are then found when newer ones are gone. */
const shownMost = 100
const titleCharacters = 160
const goodsShown = 10

export async function showDrafts(office: Office, visit: MemberVisit): Promise<Answer> {
  const { t } = visit
  const lines = (await linesOf(office)).filter(({ author }) => mayRead(visit, author))
  const returned = lines.filter(({ draft }) => draft?.returned)
  const isMine = ({ author }: Line) => author === visit.visitor.person.id
  const parts = [
    { title: t('drafting.list-returned'), none: '', lines: returned },
    {
      title: t('drafting.list-waiting'),
      none: t('drafting.list-waiting-none'),
      lines: lines.filter(({ draft }) => draft && !draft.returned),
    },
    {
      title: t('drafting.list-mine'),
      none: t('drafting.list-mine-none'),
      lines: lines.filter(line => line.unfinished && !line.draft && isMine(line)),
    },
    {
      title: t('drafting.list-others'),
      none: '',
      lines: lines.filter(line => line.unfinished && !line.draft && !isMine(line)),
    },
  ]
  const read = new Map(parts.map(part => [part, part.lines.slice(0, shownMost)]))
  const known = await readEach([...read.values()].flat(), office, visit)
  return {
    title: t('drafting.list-title'),
    within: '/new',
    isLive: true,
    content: html`
      <h1>${t('drafting.list-title')}</h1>
      ${parts
        .filter(part => part.lines.length > 0 || part.none !== '')
        .map(
          (part, number) => html`
            <section id=${`drafts-${number}`} data-live>
              <h2>${part.title}</h2>
              ${part.lines.length === 0 && html`<${Empty} why=${part.none} />`}
              <ul class="plain-list rows">
                ${read.get(part)?.map(line => html`<li key=${line.id}><${DraftLine} line=${line} known=${known.get(line)} office=${office} visit=${visit} /></li>`)}
              </ul>
            </section>
          `,
        )}
      ${has(visit, 'officer', 'customs') && html`<p class="actions"><a class="ds-button" href="/new">${t('drafting.title')}</a></p>`}
    `,
  }
}

/** Last changed first. */
async function linesOf({ desk }: Office): Promise<Line[]> {
  const unfinished = desk.unfinished.list()
  const drafts = await desk.drafts.list()
  const changing = new Map(unfinished.map(each => [each.id, each]))
  const complete = drafts.map(draft => {
    const row = changing.get(draft.id)
    const { id, author, updatedAt } = draft
    return { id, author, updatedAt, typeName: draft.draft.type, draft, ...(row && { unfinished: row }) }
  })
  const known = new Set(drafts.map(({ id }) => id))
  const begun = unfinished
    .filter(({ id }) => !known.has(id))
    .map(row => ({
      id: row.id,
      author: row.author,
      updatedAt: row.updatedAt,
      typeName: row.type,
      unfinished: row,
    }))
  return [...complete, ...begun].toSorted((one, other) => other.updatedAt - one.updatedAt)
}

/** What was answered in a draft, as far as a line tells it. */
interface Known {
  type: NoticeType
  given: Answers
  deadline: ReturnType<typeof deadlineOf>
  body: JsonObject
  /** The notice that it answers. */
  answered: NoticeView | undefined
}

/** One after the other: between two long drafts everything else has its turn. */
async function readEach(
  lines: readonly Line[],
  office: Office,
  visit: MemberVisit,
): Promise<Map<Line, Known>> {
  const known = new Map<Line, Known>()
  for (const line of lines) {
    const type = findNoticeType(line.typeName, office.desk.types)
    if (type !== undefined) {
      const read = readLine(line, type, office, visit)
      known.set(line, { type, ...read, answered: await answeredByBody(type, read.body, office.desk) })
    }
    await setImmediate()
  }
  return known
}

function readLine(
  { draft, unfinished }: Line,
  type: NoticeType,
  { desk: { types } }: Office,
  visit: MemberVisit,
): Omit<Known, 'type' | 'answered'> {
  const given =
    draft === undefined
      ? (unfinished?.answers ?? {})
      : answersOf(draft.draft as never, formOf(type, draft.draft, types))
  const today = dayOfVisit(visit)
  const { value } = filled(given, { type, types, day: today })
  return { given, deadline: deadlineOf(value, today), body: objectAt(value, 'body') }
}

interface DraftLineOf {
  line: Line
  known: Known | undefined
  office: Office
  visit: MemberVisit
}

function DraftLine({ line, known, office, visit }: DraftLineOf) {
  const { t } = visit
  if (known === undefined) return null
  const { type, given, deadline, body, answered } = known
  const { sendings, types } = office.desk
  const { draft } = line
  const isReturned = draft?.returned !== undefined
  const isWaiting = draft !== undefined && !isReturned
  const isRead = isWaiting || (isReturned && !mayWrite(visit, line.author))
  const person = office.people.find(line.author)?.name ?? t('drafting.somebody')
  const sending = sendings.find(line.id)
  return html`
    <p class="row-title">
      <a href=${isRead && has(visit, 'releaser') ? `/drafts/${line.id}/release` : `/drafts/${line.id}`}>
        <${DraftTitle} label=${type.label} answers=${given} visit=${visit} />
      </a>
    </p>
    ${answered && html`<${AnswersLine} ...${{ type, body, answered, visit, types }} />`}
    <p class="quiet">
      ${t('drafting.by', { name: person })} · <${When} at=${line.updatedAt} visit=${visit} />${' '}
      ${isWaiting && html`<${Tag} tone="info">${t('drafting.state-waiting')}<//>`}${' '}
      ${isReturned && html`<${Tag} tone="warning">${t('drafting.state-returned')}<//>`}${' '}
      ${draft && line.unfinished && html`<${Tag} tone="warning">${t('drafting.state-changing')}<//>`}${' '}
      ${sending && html`<${Tag} tone="warning">${t(sendingWords[sending.state])}<//>`}
    </p>
    ${deadline && html`<${DeadlineLine} deadline=${deadline} visit=${visit} />`}
  `
}

const sendingWords = {
  counting: 'drafting.state-counting',
  interrupted: 'drafting.state-interrupted',
  failed: 'drafting.state-failed',
} as const

/** What it is, of what, and under which reference; as far as that is known. */
export function DraftTitle({ label, answers, visit }: { label: string; answers: Answers; visit: Visit }) {
  const { words, formats } = visit
  const goods = Object.entries(answers)
    .filter(([name]) => /\/goods\/\d+\/(itemId|watchId)$/.test(name))
    .flatMap(([, [id = '']]) => findGoods(id)?.label ?? [])
  const title = inOneLine(answers['/body/title']?.[0])
  const reference = inOneLine(answers['/body/nationalRef']?.[0] || answers['/body/networkRef']?.[0])
  return html`
    ${words(label)}${goods.length > 0 && html`: ${formats.list([...new Set(goods)].slice(0, goodsShown).map(words))}`}
    ${title && html`: <${Written}>${title}<//>`}${reference && html` <span class="quiet"><${Code}>${reference}<//></span>`}
  `
}

/** Half-written, it may be far longer than a title is. */
function inOneLine(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= titleCharacters) return text
  return `${text.slice(0, titleCharacters - 1).toWellFormed()}…`
}
