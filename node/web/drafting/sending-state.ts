import type { Sending } from '../../desk/drafting.ts'
import { InEnglish } from '../components/in-english.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'
import type { Work } from './work.ts'

/** That it is about to go, and the button that stops it; or why it did not go. */
export function SendingState({
  sending,
  work,
  visit,
  office,
}: {
  sending: Sending
  work: Work
  visit: MemberVisit
  office: Office
}) {
  const { t, now } = visit
  const name = office.people.find(sending.by)?.name ?? t('drafting.somebody')
  const seconds = Math.max(0, sending.sendAt - now)
  return html`
    <div class="sending" data-state=${sending.state}>
      ${
        sending.state === 'counting'
          ? html`
              <p role="status">
                ${t('drafting.sending-by', { name })}${' '}
                <span data-countdown=${seconds} data-over=${t('drafting.sending-now')}>${t('drafting.sending-in', { seconds })}</span>
              </p>
            `
          : html`
              <h2>${t(sending.state === 'failed' ? 'drafting.state-failed' : 'drafting.state-interrupted')}</h2>
              ${
                sending.failed
                  ? html`<p>${visit.wordsOf(sending.failed)}</p><${InEnglish} error=${sending.failed} visit=${visit} />`
                  : html`<p>${t('drafting.interrupted-about', { name })}</p>`
              }
              <p>${t('drafting.not-sent-advice')}</p>
            `
      }
      <form method="post" action=${`/drafts/${work.id}/stop`}>
        <button class="ds-button" data-variant="secondary" data-color="danger">
          ${t(sending.state === 'counting' ? 'drafting.stop' : 'drafting.set-aside')}
        </button>
      </form>
    </div>
  `
}
