import { findGoods, isError, isObject, type Json, type JsonObject } from '#protocol'
import type { Consignment, ConsignmentParty, Reason } from '../../consignment.ts'
import type { NoticeView } from '../../desk/desk.ts'
import { Country } from '../components/code.ts'
import { Consultation } from '../components/consultation.ts'
import { summaryOf } from '../components/notice-line.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import { Reasons } from '../screening/reasons.ts'
import type { MemberVisit } from '../visit.ts'
import type { Work } from './work.ts'

/** A notice that this draft comes near to, of another State or our own. */
export interface Similar {
  view: NoticeView
  reasons: readonly Reason[]
  /** This draft, as if it were declared to customs. */
  consignment: Consignment
}

const shownMost = 5
const reasonsMost = 3
/** Of 100; below it nothing but a customs code agrees. */
const scoreLeast = 20
/** Names of the good come first: by them it is known again. */
const descriptionMost = 500

/** What is known here of the same goods, places and parties; undefined while that cannot be told. */
export async function similarTo(
  office: Office,
  visit: MemberVisit,
  work: Work,
): Promise<Similar[] | undefined> {
  const consignments = consignmentsOf(work.value)
  if (consignments.length === 0) return []
  const { desk } = office
  try {
    const { results } = await desk.screening.screen(consignments, { person: visit.visitor.person })
    const matches = results.flatMap(({ matches }, at) =>
      matches.map(match => ({ ...match, consignment: consignments[at] ?? { description: '' } })),
    )
    const answered = answeredIn(work.value)
    const others = matches.filter(
      ({ notice, score }) => notice !== undefined && !answered.includes(notice) && score >= scoreLeast,
    )
    const best = new Map(others.toSorted((a, b) => a.score - b.score).map(match => [match.notice, match]))
    const nearest = [...best.values()].toSorted((a, b) => b.score - a.score).slice(0, shownMost)
    const found = await Promise.all(
      nearest.map(async ({ notice = '', reasons, consignment }) => {
        const view = await desk.notices.find(notice, { nominal: false })
        return view && { view, reasons: reasons.slice(0, reasonsMost), consignment }
      }),
    )
    return found.filter(each => each !== undefined)
  } catch (thrown) {
    if (isError(thrown)) return undefined
    throw thrown
  }
}

/** Whether nothing is given yet by which anything could be found. */
function isTooEarly({ value }: Work): boolean {
  return consignmentsOf(value).length === 0
}

/** What this draft answers is near to it by its nature. */
function answeredIn({ refs }: JsonObject): string[] {
  return Array.isArray(refs) ? refs.map(ref => textOf(objectOf(ref).id)) : []
}

/** One for each of the goods, as if it were declared to customs; nothing where there are neither goods nor names. */
function consignmentsOf(value: JsonObject): Consignment[] {
  const outer = objectOf(value.body)
  const body = isObject(outer.replacement) ? outer.replacement : outer
  const goods = Array.isArray(body.goods) ? body.goods.map(objectOf) : []
  const parties = partiesOf(objectOf(outer.parties), objectOf(value.nominal))
  const destination = codeOf(body.countryOfDestination)
  const shared = { ...(parties.length > 0 && { parties }), ...(destination && { destination }) }
  const items = goods.length > 0 ? goods : parties.length > 0 ? [{}] : []
  return items.flatMap(good => {
    const known = findGoods(textOf(good.itemId) || textOf(good.watchId))
    const called = known?.kind === 'listed' ? (known.aliases.en ?? []) : []
    const told = [...called, known?.label, textOf(good.description)].filter(Boolean)
    const description = told.join('. ').slice(0, descriptionMost)
    const code = textOf(objectOf(good.hs).code)
    if (description === '' && code === '' && parties.length === 0) return []
    return [{ ...shared, description: description || '-', ...(/^\d{4,6}$/.test(code) && { hs: { code } }) }]
  })
}

function partiesOf(parties: JsonObject, nominal: JsonObject): ConsignmentParty[] {
  return Object.entries(nominal).flatMap(([key, names]) => {
    const name = textOf(objectOf(names).name)
    const country = codeOf(objectOf(parties[key]).country)
    return name === '' ? [] : [{ name, ...(country && { country }) }]
  })
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? (value as JsonObject) : {}
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function codeOf(value: Json | undefined): string | undefined {
  return /^[A-Z]{2}$/.test(textOf(value)) ? textOf(value) : undefined
}

/** Beside a draft: what was said before of nearly the same. */
export function SimilarNotices({
  found,
  work,
  visit,
  office,
}: {
  found: Similar[] | undefined
  work: Work
  visit: MemberVisit
  office: Office
}): Markup {
  const { t, words } = visit
  return html`
    <aside class="similar" aria-labelledby="similar">
      <h2 id="similar">${t('drafting.similar')}</h2>
      ${found === undefined && html`<p class="quiet">${t('drafting.similar-not-yet')}</p>`}
      ${found?.length === 0 && html`<p class="quiet">${t(isTooEarly(work) ? 'drafting.similar-early' : 'drafting.similar-none')}</p>`}
      <ul class="plain-list rows">
        ${found?.map(
          ({ view, reasons, consignment }) => html`
            <li>
              <p class="row-title">
                <a href=${`/notices/${view.id}`}>${summaryOf(view, visit, office.desk.types)}</a>
              </p>
              <p class="quiet">
                ${words(view.label)} · <${Country} code=${view.issuer} visit=${visit} />
              </p>
              <${Reasons} reasons=${reasons} consignment=${consignment} visit=${visit} />
              ${
                view.issuer !== office.desk.member &&
                isObject(view.body?.consultContact) &&
                html`
                  <details class="more">
                    <summary>${t('drafting.similar-ask')}</summary>
                    <${Consultation} notice=${view} visit=${visit} member=${office.desk.member} />
                  </details>
                `
              }
            </li>
          `,
        )}
      </ul>
    </aside>
  `
}
