import type { Consignment, Screened } from '../../consignment.ts'
import { Code } from '../components/code.ts'
import { revealed } from '../components/revealed.ts'
import { Tag } from '../components/tag.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'
import { LaneMark } from './lanes.ts'
import { type MatchContext, MatchPart } from './match.ts'

/** So many matches stand open; the others, and what is no more than a note, behind a click. */
const openMatches = 3

export interface LinePartOf {
  consignment: Consignment
  answer: Screened
  context: MatchContext
  /** "Line 12", of a list. */
  label?: string
  /** What can be done with it: within the form in which the consignment travels along. */
  children?: Markup
}

/** One consignment and what it meets. It travels in the form itself: nothing is stored. */
export function LinePart({ consignment, answer, context, label, children }: LinePartOf) {
  const { visit } = context
  const { t } = visit
  const telling = answer.matches.filter(({ lane }) => lane !== 'green')
  const first = telling.length > 0 ? telling.slice(0, openMatches) : answer.matches.slice(0, openMatches)
  const more = answer.matches.filter(match => !first.includes(match))
  return html`
    <form class="screened" method="post" action="/screen/keep">
      <input type="hidden" name="consignment" value=${JSON.stringify(consignment)} />
      <h3>
        ${label !== undefined && html`<span>${label}</span> · `}<bdi>${titleOf(consignment)}</bdi>
      </h3>
      <p>
        <${LaneMark} lane=${answer.lane} visit=${visit} />
        ${answer.exercise && html` <${Tag}>${t('notice.exercise')}<//>`}
      </p>
      <${Declared} consignment=${consignment} visit=${visit} />
      ${answer.matches.length === 0 && html`<p>${t('screening.line.nothing')}</p>`}
      ${first.map(match => html`<${MatchPart} match=${match} context=${context} />`)}
      ${
        more.length > 0 &&
        html`
          <details class="ds-details">
            <summary>${t('screening.line.more', { count: more.length })}</summary>
            <div>${more.map(match => html`<${MatchPart} match=${match} context=${context} />`)}</div>
          </details>
        `
      }
      ${children}
    </form>
  `
}

/** In one line what was declared: enough to find the papers. */
function Declared({ consignment, visit }: { consignment: Consignment; visit: Visit }) {
  const { hs, parties = [], origin, destination, transport = {} } = consignment
  const carried = [transport.container, transport.vehicle, transport.flight, transport.imo]
  const told: Markup[] = [
    hs && html`<span>${visit.t('screening.declared.code')} <${Code}>${hs.code}<//></span>`,
    origin &&
      html`<span>${visit.t('screening.declared.from', { country: visit.formats.country(origin) })}</span>`,
    destination &&
      html`<span>${visit.t('screening.declared.to', { country: visit.formats.country(destination) })}</span>`,
    ...parties.map(
      ({ role, name, country }) => html`
        <span>
          ${role && `${visit.words(role)}: `}<bdi dir="auto">${revealed(name)}</bdi>
          ${country && html` (<${Code}>${country}<//>)`}
        </span>
      `,
    ),
    ...carried.flatMap(each => (each === undefined ? [] : [html`<${Code}>${each}<//>`])),
  ]
  const shown = told.filter(each => each !== undefined && each !== '')
  if (shown.length === 0) return null
  return html`<ul class="declared quiet">${shown.map(each => html`<li>${each}</li>`)}</ul>`
}

export function titleOf({ reference, description }: Consignment): string {
  const text = revealed(description.replace(/\s+/g, ' '))
  const short = text.length <= 160 ? text : `${text.slice(0, 159).toWellFormed()}…`
  return reference === undefined ? short : `${revealed(reference)} – ${short}`
}

/** For how many days it may be kept: those that the node allows. */
export function keepChoices(most: number): number[] {
  const usual = [30, 90, 365, 1095].filter(days => days < most)
  return [...usual, most]
}
