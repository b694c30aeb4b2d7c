import { type Draft, findGoods, type NoticeType } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { bodyForm } from '../content/form.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import { changedTitles } from './answered.ts'
import { Country, Written } from './code.ts'
import { Tag, type Tone } from './tag.ts'
import { When } from './when.ts'

export interface SummaryOf {
  /** The notice that this one takes back or puts right, where that is known. */
  answered?: NoticeView | undefined
  /** Leads from an answer to the notice that it answers. */
  isLinked?: boolean
}

/** What a notice says in one line, in the reader's language; codes of goods and countries have names in it. */
export function summaryOf(
  view: NoticeView,
  visit: Visit,
  types: readonly NoticeType[],
  { answered, isLinked = false }: SummaryOf = {},
): Markup {
  const type = types.find(({ name }) => name === view.type)
  const status = type?.answers?.status
  if (answered !== undefined && status !== undefined) {
    const summary = summaryOf(answered, visit, types)
    const titles = changedTitles(view, answered, { visit, types })
    return html`
      ${visit.t(answerings[status], { state: visit.formats.country(view.issuer) })}
      ${' '}${isLinked ? html`<a href=${`/notices/${answered.id}`}>${summary}</a>` : summary}
      ${titles.length > 0 && html` (<bdi>${visit.formats.list(titles)}</bdi>)`}
    `
  }
  return inOneLine(view, view.summary, { visit, type })
}

/** The same of a draft, which is in nobody's log yet. */
export function summaryOfDraft(
  { type: name, body }: Draft,
  visit: Visit,
  types: readonly NoticeType[],
): Markup {
  const type = types.find(each => each.name === name)
  return inOneLine({ body, flags: [] }, type?.summary(body as never) ?? '', { visit, type })
}

function inOneLine(
  said: Pick<NoticeView, 'body' | 'flags'>,
  english: string,
  { visit, type }: { visit: Visit; type: NoticeType | undefined },
): Markup {
  const told = visit.language === 'en' || type === undefined ? [] : toldBy(said, visit, type)
  if (told.length === 0) return html`<${Written} language="en">${english}<//>`
  return told.map((each, at) => html`${at > 0 && ' · '}<bdi>${each}</bdi>`)
}

const answerings: Record<'withdrawn' | 'corrected', MessageKey> = {
  withdrawn: 'notice.line.withdrawn',
  corrected: 'notice.line.corrected',
}

/** What was decided or found, of which goods, in which countries. */
export function toldBy(
  { body, flags }: Pick<NoticeView, 'body' | 'flags'>,
  { words, formats }: Visit,
  type: NoticeType,
): string[] {
  if (body === undefined || flags.includes('body-form')) return []
  const { properties = {} } = bodyForm(type)
  const codes = (type.gist?.what ?? []).flatMap(name => {
    const value = body[name]
    return typeof value === 'string' && properties[name]?.enum?.includes(value) ? [words(value)] : []
  })
  const { goods, country } = type.keys(body as never)
  const labels = goods.flatMap(item => findGoods(item)?.label ?? []).map(words)
  return [...new Set([...codes, ...labels, ...country.map(formats.country)])]
}

export interface NoticeLineOf {
  view: NoticeView
  visit: Visit
  types: readonly NoticeType[]
  /** Whether anybody in this office has opened it. */
  isNew?: boolean
  /** Says of an answer what it answers. */
  answered?: NoticeView | undefined
  children?: Markup
}

/** A notice in a list: what it says, who says so, when, and whatever is out of the ordinary. */
export function NoticeLine({ view, visit, types, isNew, answered, children }: NoticeLineOf) {
  const { t, words } = visit
  return html`
    <div class="notice-line">
      <p class="row-title">
        ${isNew && html`<span class="new-mark">${t('notice.new')}</span> `}
        <a href=${`/notices/${view.id}`}>${summaryOf(view, visit, types, { answered })}</a>
      </p>
      <p class="quiet">
        <span>${words(view.label)}</span> · <${Country} code=${view.issuer} visit=${visit} /> ·
        ${' '}<${When} at=${view.issuedAt} visit=${visit} /> <${NoticeTags} view=${view} visit=${visit} />
      </p>
      ${children}
    </div>
  `
}

const statusTones: Record<NoticeView['status'], Tone | undefined> = {
  'being sent': 'info',
  sent: undefined,
  'held by all': undefined,
  corrected: 'warning',
  withdrawn: 'danger',
  erased: 'danger',
}

const standingTones: Record<NoticeView['standing'], Tone | undefined> = {
  verified: undefined,
  'key since retired': undefined,
  void: 'danger',
  disputed: 'danger',
  'unknown key': 'warning',
}

/** Only what a reader must know before acting on it. */
export function NoticeTags({ view, visit: { words, t } }: { view: NoticeView; visit: Visit }) {
  const status = statusTones[view.status]
  const standing = standingTones[view.standing]
  return html`
    <span class="tags">
      ${status && html`<${Tag} tone=${status}>${words(view.status)}<//>`}
      ${standing && html`<${Tag} tone=${standing}>${words(view.standing)}<//>`}
      ${view.exercise && html`<${Tag}>${t('notice.exercise')}<//>`}
    </span>
  `
}
