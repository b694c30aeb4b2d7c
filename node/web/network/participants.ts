import type { NetworkHourView, NetworkView, ParticipantView } from '../../desk/desk.ts'
import type { PeerStatus } from '../../desk/peer-status.ts'
import { Country } from '../components/code.ts'
import { Tag, type Tone } from '../components/tag.ts'
import { When } from '../components/when.ts'
import { html, type Markup } from '../html.ts'
import type { Visit } from '../visit.ts'
import { Bars } from './bars.ts'

const tones: Record<PeerStatus, Tone> = {
  'up to date': 'success',
  'catching up': 'info',
  'not heard': 'danger',
  'refusing us': 'danger',
  'refused by us': 'warning',
  suspended: 'neutral',
}

export interface ParticipantsOf {
  network: NetworkView
  history: readonly NetworkHourView[]
  visit: Visit
}

/** A line for each participant, our own first. */
export function Participants({ network, history, visit }: ParticipantsOf) {
  const { t } = visit
  return html`
    <div class="scroll tall" tabindex="0" role="region" aria-label=${t('network.participants.scroll')}>
      <table class="ds-table network-table">
        <caption class="ds-sr-only">${t('network.participants.scroll')}</caption>
        <thead>
          <tr>
            ${columns.map(name => html`<th scope="col">${t(`network.column.${name}`)}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${network.participants.map(
            each =>
              html`<${Line} participant=${each} own=${network.member} history=${history} visit=${visit} />`,
          )}
        </tbody>
      </table>
    </div>
    <p class="quiet">${t('network.bars.key')}</p>
  `
}

const columns = ['member', 'status', 'behind', 'heard', 'hours', 'software', 'clock', 'error'] as const

interface LineOf {
  participant: ParticipantView
  own: string
  history: readonly NetworkHourView[]
  visit: Visit
}

function Line({ participant, own, history, visit }: LineOf) {
  const { t } = visit
  const { member, software } = participant
  const isOurs = member === own
  return html`
    <tr data-member=${member}>
      <th scope="row">
        <a href=${`/network/${member}`}><${Country} code=${member} visit=${visit} /></a>
        ${isOurs && html` <span class="quiet">(${t('network.ours')})</span>`}
      </th>
      <td><${StatusWord} status=${participant.status} visit=${visit} /></td>
      <td>${isHeard(participant) ? t('network.behind', { count: participant.behindBy }) : '–'}</td>
      <td>${heard(participant, visit)}</td>
      <td><${Bars} member=${member} history=${history} visit=${visit} /></td>
      <td><bdi dir="ltr">${software ?? '–'}</bdi></td>
      <td>${clock(participant, visit)}</td>
      <td>${lastError(participant, visit)}</td>
    </tr>
  `
}

export function StatusWord({ status, visit: { words } }: { status: PeerStatus; visit: Visit }) {
  return html`<${Tag} tone=${tones[status]}>${words(`Status/${status}`)}<//>`
}

function isHeard({ status }: ParticipantView): boolean {
  return status === 'up to date' || status === 'catching up'
}

export function heard({ lastHeardAt }: ParticipantView, visit: Visit): Markup {
  return lastHeardAt === undefined
    ? visit.t('network.never')
    : html`<${When} at=${lastHeardAt} visit=${visit} />`
}

export function clock({ clockDifferenceSeconds: count }: ParticipantView, { t }: Visit): Markup {
  if (count === undefined) return '–'
  return html`<bdi>${t('network.clock', { count, sign: count > 0 ? '+' : '' })}</bdi>`
}

function lastError({ member, lastError: text }: ParticipantView, { t }: Visit): Markup {
  if (text === undefined) return t('network.none')
  return html`
    <details class="small" id=${`error-${member}`}>
      <summary>${t('network.show')}</summary>
      <p class="code" lang="en" dir="ltr">${text}</p>
    </details>
  `
}
