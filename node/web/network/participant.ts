import { FocalpointError, findMember, type Member } from '#protocol'
import type { HoldingView, ParticipantView } from '../../desk/desk.ts'
import { Code, Country, Written } from '../components/code.ts'
import { Facts } from '../components/facts.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import { Bars } from './bars.ts'
import { observe } from './observed.ts'
import { clock, heard, StatusWord } from './participants.ts'
import { ProblemCards } from './problem-cards.ts'
import { problemsOf } from './problems.ts'

const bytesPerMebibyte = 1_048_576

/** One participant in full: what is wrong with it first. */
export async function participantPage(office: Office, visit: Visit): Promise<Page> {
  const { desk } = office
  const observed = await observe(office, visit.now)
  const { network, history } = observed
  const participant = network.participants.find(({ member }) => member === visit.params.member)
  if (participant === undefined) throw noParticipant(visit.params.member ?? '')
  const { member } = participant
  const { t } = visit
  const problems = problemsOf(observed).filter(each => each.member === member)
  const registered = findMember(desk.registry(), member)
  const title = visit.formats.country(member)
  const content = html`
    <p><a href="/network">${t('network.one.back')}</a></p>
    <h1><${Country} code=${member} visit=${visit} /></h1>
    <section id="problems" data-live data-renew-seconds="5">
      <p><${StatusWord} status=${participant.status} visit=${visit} /></p>
      ${
        problems.length > 0 &&
        html`
          <h2>${t('network.problems.title')}</h2>
          <${ProblemCards} problems=${problems} visit=${visit} member=${desk.member} registry=${desk.registry()} />
        `
      }
    </section>
    <section id="facts" data-live>
      <h2>${t('network.one.facts')}</h2>
      <${Seen} participant=${participant} visit=${visit} />
      <h3>${t('network.one.hours')}</h3>
      <p class="wide-bars"><${Bars} member=${member} history=${history} visit=${visit} /></p>
      <p class="quiet">${t('network.bars.key')}</p>
      <h2>${t('network.one.lacks')}</h2>
      <${Lacks} member=${member} holdings=${network.holdings} visit=${visit} />
    </section>
    <h2>${t('network.one.keys')}</h2>
    <${Keys} participant=${participant} visit=${visit} />
    <h2>${t('network.one.contacts')}</h2>
    <${Contacts} member=${registered} visit=${visit} />
    <p><a href=${`/members/${member}`}>${t('network.one.member')}</a></p>
  `
  return { title, within: '/network', isLive: true, content }
}

function Seen({ participant, visit }: { participant: ParticipantView; visit: Visit }) {
  const { t, formats } = visit
  const { connected, behindBy, software, rootVersion, membersVersion, storeBytes, lagMs, lastError } =
    participant
  const registry =
    membersVersion === undefined
      ? undefined
      : t('network.expiry.version.value', { root: rootVersion ?? 0, members: membersVersion })
  const mebibytes = storeBytes && formats.number(Math.ceil(storeBytes / bytesPerMebibyte))
  return html`
    <${Facts}
      facts=${[
        [t('network.one.connected'), t(connected ? 'network.one.yes' : 'network.one.no')],
        [t('network.column.heard'), heard(participant, visit)],
        [t('network.column.behind'), t('network.behind', { count: behindBy })],
        [t('network.column.software'), software && html`<${Code}>${software}<//>`],
        [t('network.column.clock'), clock(participant, visit)],
        [t('network.one.registry'), registry],
        [t('network.one.store'), mebibytes && t('network.one.mib', { count: mebibytes })],
        [t('network.one.lag'), lagMs === undefined ? undefined : t('network.numbers.ms', { count: lagMs })],
        [
          t('network.column.error'),
          lastError && html`<span class="code" lang="en" dir="ltr">${lastError}</span>`,
        ],
      ]}
    />
  `
}

interface LacksOf {
  member: string
  holdings: readonly HoldingView[]
  visit: Visit
}

function Lacks({ member, holdings, visit: { t, formats, words } }: LacksOf): Markup {
  const told = holdings.filter(({ heldBySeq }) => heldBySeq[member] !== undefined)
  const lacking = told.filter(({ head, heldBySeq }) => (heldBySeq[member] ?? 0) < head)
  if (told.length === 0) return html`<p>${t('network.one.lacks.untold')}</p>`
  if (lacking.length === 0) return html`<p>${t('network.one.lacks.none')}</p>`
  return html`
    <ul>
      ${lacking.map(({ channel, issuer, head, heldBySeq }) => {
        const held = heldBySeq[member] ?? 0
        const values = {
          count: head - held,
          held,
          head,
          name: formats.country(issuer),
          channel: words(channel),
        }
        return html`<li>${t('network.one.lacks.line', values)}</li>`
      })}
    </ul>
  `
}

export function Keys({
  participant: { keys },
  visit,
}: {
  participant: Pick<ParticipantView, 'keys'>
  visit: Visit
}) {
  const { t } = visit
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t('network.one.keys')}>
      <table class="ds-table">
        <caption class="ds-sr-only">${t('network.one.keys')}</caption>
        <thead>
          <tr>
            <th scope="col">${t('network.one.key')}</th>
            <th scope="col">${t('network.one.key.state')}</th>
            <th scope="col">${t('network.one.key.from')}</th>
            <th scope="col">${t('network.one.key.end')}</th>
          </tr>
        </thead>
        <tbody>
          ${keys.map(
            ({ kid, state, from, end }) => html`
              <tr>
                <th scope="row"><${Code}>${kid}<//></th>
                <td>${keyState(state, visit)}</td>
                <td>${places(from)}</td>
                <td>${end && places(end)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `
}

const keyStates: Record<string, MessageKey> = {
  'in force': 'network.key.in-force',
  stopped: 'network.key.stopped',
  ended: 'network.key.ended',
}

function keyState(state: string, { t }: Visit): string {
  const words = keyStates[state]
  return words === undefined ? state : t(words)
}

function places(byChannel: Record<string, number>): Markup {
  return Object.entries(byChannel).map(([channel, seq]) => html`<div><${Code}>${channel} ${seq}<//></div>`)
}

export function Contacts({ member, visit: { t, words } }: { member: Member | undefined; visit: Visit }) {
  if (member === undefined || member.contacts.length === 0)
    return html`<p>${t('network.one.contacts.none')}</p>`
  return html`
    <ul>
      ${member.contacts.map(
        ({ role, email, telephone }) => html`
          <li>
            <${Written}>${words(role)}<//>${email && html`: <a href=${`mailto:${encodeURIComponent(email)}`}><${Code}>${email}<//></a>`}
            ${telephone && html` <${Code}>${telephone}<//>`}
          </li>
        `,
      )}
    </ul>
  `
}

function noParticipant(id: string): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', 'There is no such participant.', { what: 'participant', id })
}
