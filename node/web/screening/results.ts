import { lanes, type ScreenedBy } from '../../consignment.ts'
import type { ScreenedLine, WrongLine } from '../../desk/consignments/screen-lines.ts'
import type { NoticeView } from '../../desk/desk.ts'
import { Code } from '../components/code.ts'
import { revealed } from '../components/revealed.ts'
import { Instant } from '../components/when.ts'
import { html } from '../html.ts'
import { webLimits } from '../limits.ts'
import type { Office } from '../office.ts'
import type { MemberVisit, Visit } from '../visit.ts'
import { LaneMark, LaneRule } from './lanes.ts'
import { keepChoices, LinePart, titleOf } from './line.ts'
import type { MatchContext } from './match.ts'
import type { ScreenedList } from './screen-list.ts'

export interface ResultsOf {
  list: ScreenedList
  isSingle: boolean
  office: Office
  visit: MemberVisit
  notices: ReadonlyMap<string, NoticeView>
}

/** What came of a screening: in numbers, then line by line, the most serious first. */
export function Results({ list, isSingle, office, visit, notices }: ResultsOf) {
  const { t } = visit
  const consulted = new Set<string>()
  const part = (screened: ScreenedLine) =>
    html`<${ScreenedPart} ...${{ screened, isSingle, office, visit, notices, consulted }} />`
  if (isSingle) {
    return html`
      ${[...list.shown, ...list.green].map(part)}
      <${DecidedBy} by=${list.by} visit=${visit} />
      <${LaneRule} visit=${visit} />
    `
  }
  return html`
    <${Counts} list=${list} visit=${visit} />
    ${
      list.shown.length > 0 &&
      html`
        <h2>${t('screening.results.serious')}</h2>
        <${Limited} list=${list} visit=${visit} />
        ${list.shown.map(part)}
      `
    }
    <${WrongLines} list=${list} visit=${visit} />
    <${GreenLines} list=${list} visit=${visit} />
    <${DecidedBy} by=${list.by} visit=${visit} />
    <${LaneRule} visit=${visit} />
  `
}

interface ScreenedPartOf extends Omit<ResultsOf, 'list'> {
  screened: ScreenedLine
  consulted: Set<string>
}

function ScreenedPart({ screened, isSingle, office, visit, notices, consulted }: ScreenedPartOf) {
  const { consignment, answer, line } = screened
  const context: MatchContext = {
    office,
    visit,
    consignment,
    isDrill: answer.exercise,
    notices,
    consulted,
  }
  const label = isSingle ? undefined : visit.t('screening.line.label', { line })
  return html`
    <${LinePart} consignment=${consignment} answer=${answer} context=${context} label=${label}>
      ${
        answer.kept === undefined
          ? html`<${KeepChoice} id=${`keep-${line}`} most=${office.desk.screening.keepDaysMost} visit=${visit} />`
          : html`
              <p>
                <a href=${`/screen/kept/${encodeURIComponent(answer.kept.id)}`}>
                  ${visit.t('screening.line.kept', { day: visit.formats.day(answer.kept.until) })}
                </a>
              </p>
            `
      }
    <//>
  `
}

function KeepChoice({ id, most, visit: { t } }: { id: string; most: number; visit: Visit }) {
  return html`
    <details class="ds-details keep no-print">
      <summary>${t('screening.keep.title')}</summary>
      <div>
        <label class="ds-label" for=${id}>${t('screening.keep.days')}</label>
        <div class="in-line">
          <select class="ds-input" id=${id} name="keepDays">
            ${keepChoices(most).map(days => html`<option value=${days}>${t('screening.keep.for', { days })}</option>`)}
          </select>
          <button class="ds-button" data-variant="secondary" type="submit">${t('screening.keep.do')}</button>
        </div>
      </div>
    </details>
  `
}

function Counts({ list, visit }: { list: ScreenedList; visit: Visit }) {
  const { t } = visit
  const screened = lanes.reduce((sum, lane) => sum + list.counts[lane], 0)
  const ignored = list.columns?.ignored ?? []
  return html`
    ${ignored.length > 0 && html`<${NotCompared} names=${ignored} visit=${visit} />`}
    <p class="lead" role="status">
      ${t('screening.results.sum', { count: screened, red: list.counts.red, amber: list.counts.amber })}
    </p>
    <dl class="lane-counts">
      ${lanes.toReversed().map(
        lane => html`
          <div>
            <dt><${LaneMark} lane=${lane} visit=${visit} /></dt>
            <dd>${visit.formats.number(list.counts[lane])}</dd>
          </div>
        `,
      )}
    </dl>
    ${list.wrongCount > 0 && html`<p><a href="#wrong-lines">${t('screening.results.wrong', { count: list.wrongCount })}</a></p>`}
    ${list.drills > 0 && html`<p class="quiet">${t('screening.results.drills', { count: list.drills })}</p>`}
    ${
      list.cutAt !== undefined &&
      html`
        <p class="ds-alert" data-color="warning">
          ${t('screening.results.cut', { most: webLimits.screenedLinesMost, line: list.cutAt })}
        </p>
      `
    }
  `
}

/** First of all: a line may be green only because a column had another name. */
function NotCompared({ names, visit: { t, formats } }: { names: readonly string[]; visit: Visit }) {
  return html`
    <p class="ds-alert" data-color="warning">
      ${t('screening.results.ignored')}${' '}
      ${names.slice(0, 50).map((name, at) => html`${at > 0 && formats.comma}<bdi>${revealed(name.slice(0, 100))}</bdi>`)}.${' '}
      ${t('screening.results.ignored.do')}
    </p>
  `
}

function Limited({ list: { counts, shown }, visit: { t } }: { list: ScreenedList; visit: Visit }) {
  const left = counts.red + counts.amber - shown.length
  if (left <= 0) return null
  return html`
    <p class="ds-alert" data-color="warning">${t('screening.results.limited', { shown: shown.length, left })}</p>
  `
}

function WrongLines({ list: { wrong, wrongCount }, visit }: { list: ScreenedList; visit: Visit }) {
  const { t } = visit
  if (wrong.length === 0) return null
  return html`
    <h2 id="wrong-lines">${t('screening.wrong.title')}</h2>
    <p>${t('screening.wrong.about')}</p>
    ${wrongCount > wrong.length && html`<p>${t('screening.wrong.limited', { shown: wrong.length })}</p>`}
    <div class="scroll" tabindex="0" role="region" aria-label=${t('screening.wrong.title')}>
      <table class="ds-table">
        <caption class="ds-sr-only">${t('screening.wrong.title')}</caption>
        <thead>
          <tr>
            <th scope="col">${t('screening.wrong.line')}</th>
            <th scope="col">${t('screening.wrong.what')}</th>
          </tr>
        </thead>
        <tbody>
          ${wrong.map(each => html`<${WrongRow} wrong=${each} visit=${visit} />`)}
        </tbody>
      </table>
    </div>
  `
}

function WrongRow({ wrong: { line, reference, errors }, visit }: { wrong: WrongLine; visit: Visit }) {
  return html`
    <tr>
      <th scope="row">
        ${visit.formats.number(line)}${reference !== undefined && html` · <bdi>${revealed(reference)}</bdi>`}
      </th>
      <td>
        <ul class="plain-list">
          ${errors.slice(0, 10).map(({ pointer, detail }) => {
            const { column, says } = placed(detail)
            return html`
              <li>
                ${
                  column === undefined
                    ? pointer !== '' && html`<${Code}>${pointer.slice(1).replaceAll('/', '.')}<//>: `
                    : html`${visit.t('screening.wrong.column')} <bdi>${revealed(column)}</bdi>: `
                }
                <span>${visit.words(says)}</span>
              </li>
            `
          })}
        </ul>
      </td>
    </tr>
  `
}

/** Of a file: the column in which it stands, apart from what is wrong. */
function placed(detail: string): { column?: string; says: string } {
  const [, column, says] = /^Column "(.*?)": (.*)$/s.exec(detail) ?? []
  return column === undefined || says === undefined ? { says: detail } : { column, says }
}

function GreenLines({ list: { counts, green }, visit }: { list: ScreenedList; visit: Visit }) {
  const { t } = visit
  if (counts.green === 0) return null
  return html`
    <details class="ds-details green-lines">
      <summary>${t('screening.green.title', { count: counts.green })}</summary>
      <div>
        ${counts.green > green.length && html`<p>${t('screening.green.limited', { shown: green.length })}</p>`}
        <ul class="plain-list rows">
          ${green.map(
            ({ line, consignment, answer }) => html`
              <li>
                ${t('screening.line.label', { line })} · <bdi>${titleOf(consignment)}</bdi>
                ${answer.matches.slice(0, 3).map(
                  ({ summary, kind }) => html`
                    <p class="quiet">
                      ${t('screening.green.note')} <bdi ...${kind === 'goods' ? { lang: 'en' } : {}}>${revealed(summary)}</bdi>
                    </p>
                  `,
                )}
              </li>
            `,
          )}
        </ul>
      </div>
    </details>
  `
}

function DecidedBy({ by, visit }: { by: ScreenedBy; visit: Visit }) {
  const { t, formats } = visit
  return html`
    <p class="quiet decided">
      ${t('screening.by', { rule: by.rule, version: by.goodsList.version, through: formats.number(by.through) })}
      ${' '}<${Instant} at=${visit.now} visit=${visit} />
    </p>
  `
}
