import { lanes } from '../../consignment.ts'
import type { KeptConsignmentView } from '../../desk/customs.ts'
import { Written } from '../components/code.ts'
import { Tag, type Tone } from '../components/tag.ts'
import { When } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit, Visit } from '../visit.ts'

/** As far back as a page looks in the feed: what is older was seen, or is in the list of kept consignments. */
const entriesBack = 500
const shownMost = 8

const tones: Record<KeptConsignmentView['lane'], Tone> = { green: 'success', amber: 'warning', red: 'danger' }

export interface NewMatch {
  consignment: KeptConsignmentView
  /** Seconds since 1970. */
  at: number
}

/** This person's kept consignments that something new has met: red before amber, of each the newest first. */
export function newMatches({ desk }: Office, { visitor }: MemberVisit): NewMatch[] {
  const entries = desk.feed.after(Math.max(0, desk.feed.last() - entriesBack), entriesBack)
  const last = new Map(entries.filter(({ kind }) => kind === 'matched').map(({ id, at }) => [id, at]))
  return [...last]
    .toReversed()
    .flatMap(([id, at]) => {
      const consignment = desk.consignments.find(id, visitor.person)
      return consignment === undefined ? [] : [{ consignment, at }]
    })
    .toSorted((one, other) => lanes.indexOf(other.consignment.lane) - lanes.indexOf(one.consignment.lane))
}

export function MatchList({ matches, visit }: { matches: readonly NewMatch[]; visit: Visit }) {
  const { t, words } = visit
  return html`
    <section aria-labelledby="matches-title" id="matches" data-live>
      ${
        matches.length > 0 &&
        html`
          <h2 id="matches-title">${t('today.matches')}</h2>
          <ul class="plain-list rows">
            ${matches.slice(0, shownMost).map(
              ({ consignment: { id, consignment, lane, matches: met }, at }) => html`
                <li key=${id}>
                  <p class="row-title">
                    <a href=${`/screen/kept/${id}`}><${Written}>${consignment.reference ?? consignment.description}<//></a>
                    ${' '}<${Tag} tone=${tones[lane]}>${words(lane)}<//>
                  </p>
                  <p class="quiet">
                    ${t('today.matches.met', { count: met.length })} · <${When} at=${at} visit=${visit} />
                  </p>
                </li>
              `,
            )}
          </ul>
          ${matches.length > shownMost && html`<p><a href="/screen/kept">${t('today.matches.all', { count: matches.length })}</a></p>`}
        `
      }
    </section>
  `
}
