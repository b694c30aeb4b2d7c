import { Country } from '../components/code.ts'
import { Tag } from '../components/tag.ts'
import { html } from '../html.ts'
import { problemWords } from '../network/problem-words.ts'
import { alarmProblems } from '../network/problems.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'

const shownMost = 8

/** For coordinators: what must be looked at, and who is not up to date. */
export function NetworkProblems({ office, visit }: { office: Office; visit: Visit }) {
  const network = office.desk.network()
  const { t, words } = visit
  const alarms = alarmProblems(network)
  const tongue = { ...visit, member: office.desk.member }
  const others = network.participants.filter(({ status }) => status !== 'up to date')
  return html`
    <section aria-labelledby="network-title" id="network" data-live>
      <h2 id="network-title">${t('today.network')}</h2>
      ${alarms.length + others.length === 0 && html`<p class="quiet">${t('today.network.none')}</p>`}
      <ul class="plain-list rows">
        ${alarms.slice(0, shownMost).map(alarm => html`<li>${problemWords(alarm, tongue).what}</li>`)}
        ${others.slice(0, shownMost).map(
          ({ member, status, behindBy }) => html`
            <li>
              <a href=${`/network/${member}`}><${Country} code=${member} visit=${visit} /></a>
              ${' '}<${Tag} tone=${status === 'catching up' ? 'info' : 'warning'}>${words(`Status/${status}`)}<//>
              ${behindBy > 0 && html` <span class="quiet">${t('today.network.behind', { count: behindBy })}</span>`}
            </li>
          `,
        )}
      </ul>
      <p><a href="/network">${t('today.network.all')}</a></p>
    </section>
  `
}
