import { findGoods } from '#protocol'
import type { Consignment, Match } from '../../consignment.ts'
import type { NoticeView } from '../../desk/desk.ts'
import { Country } from '../components/code.ts'
import { Consultation } from '../components/consultation.ts'
import { summaryOf } from '../components/notice-line.ts'
import { revealed } from '../components/revealed.ts'
import { Tag } from '../components/tag.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'
import { Reasons } from './reasons.ts'

/** What a match is shown with. */
export interface MatchContext {
  office: Office
  visit: Visit
  consignment: Consignment
  /** Of the consignment: a drill meets drills as if they were real. */
  isDrill: boolean
  /** Of the notices that are met, those that are shown. */
  notices: ReadonlyMap<string, NoticeView>
  /** Of those whose authority is to be consulted, whose text stands on the page already. */
  consulted: Set<string>
  /** Seconds since 1970: what came later is new. */
  since?: number
}

/** One thing that a consignment meets: what, how strongly, and why. */
export function MatchPart({ match, context }: { match: Match; context: MatchContext }) {
  const { visit, isDrill, consignment, since } = context
  const { t, words, formats } = visit
  const view = match.notice === undefined ? undefined : context.notices.get(match.notice)
  const isNew = since !== undefined && view !== undefined && Date.parse(view.receivedAt) / 1000 > since
  return html`
    <div class="match">
      <h4>
        ${isNew && html`<span class="new-mark">${t('screening.kept.new')}</span> `}${titleOf(match, view, context)}
      </h4>
      <p class="quiet">
        ${
          match.kind === 'notice'
            ? html`<span>${words(typeLabel(match, context))}</span> · <${Country} code=${match.issuer ?? ''} visit=${visit} /> · `
            : html`<span>${t('screening.match.goods')}</span> · `
        }
        <span>${t('screening.match.score', { score: formats.number(match.score) })}</span>
        ${match.exercise && html` <${Tag}>${t(isDrill ? 'notice.exercise' : 'screening.match.drill')}<//>`}
      </p>
      <${Reasons} reasons=${match.reasons} consignment=${consignment} visit=${visit} />
      ${match.lane !== 'green' && html`<${ReportButton} match=${match} visit=${visit} />`}
      ${view && html`<${Consult} view=${view} context=${context} />`}
    </div>
  `
}

/** From the match to a sighting: within the form of the consignment, which travels along. */
function ReportButton({ match, visit: { t } }: { match: Match; visit: Visit }) {
  const about = aboutOf(match)
  if (about === undefined) return null
  return html`
    <p class="no-print">
      <button
        class="ds-button"
        data-variant="secondary"
        type="submit"
        formaction="/screen/report"
        name="about"
        value=${about}
      >
        ${t('screening.match.report')}
      </button>
    </p>
  `
}

/** As the form of a report has it: "notice:ID" or "item:ID". */
function aboutOf({ notice, item }: Pick<Match, 'notice' | 'item'>): string | undefined {
  if (notice !== undefined) return `notice:${notice}`
  return item === undefined ? undefined : `item:${item}`
}

function titleOf(match: Match, view: NoticeView | undefined, { visit, office }: MatchContext): Markup {
  if (match.kind === 'notice') {
    const said = view
      ? summaryOf(view, visit, office.desk.types)
      : html`<bdi>${revealed(match.summary)}</bdi>`
    return html`<a href=${`/notices/${encodeURIComponent(match.notice ?? '')}`}>${said}</a>`
  }
  const goods = match.item === undefined ? undefined : findGoods(match.item)
  return html`
    <a href=${`/products/${encodeURIComponent(match.item ?? '')}`}>${visit.words(goods?.label ?? match.summary)}</a>
  `
}

function typeLabel({ type }: Match, { office }: MatchContext): string {
  return office.desk.types.find(({ name }) => name === type)?.label ?? type ?? ''
}

function Consult({
  view,
  context: { visit, office, consulted },
}: {
  view: NoticeView
  context: MatchContext
}) {
  const asked = Consultation({ notice: view, visit, member: office.desk.member })
  if (asked === null) return null
  const id = `consultation-${view.id}`
  const state = visit.formats.country(view.issuer)
  if (consulted.has(id))
    return html`<p><a href=${`#${id}`}>${visit.t('screening.match.consult', { state })}</a></p>`
  consulted.add(id)
  return html`
    <details class="ds-details" id=${id}>
      <summary>${visit.t('screening.match.consult', { state })}</summary>
      <div>${asked}</div>
    </details>
  `
}
