import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'

/** From here on the page says that it ends soon. */
const noticeSeconds = 120

/** What an open page is told of the time that is left; the script for it shows this when there is something to read. */
export function idleNotice({ signIn }: Office, { t, now, visitor }: MemberVisit): Markup {
  const { createdAt, lastSeenAt } = visitor.session
  const { idleSeconds, sessionSeconds } = signIn.rules
  const left = Math.max(0, Math.min(lastSeenAt + idleSeconds, createdAt + sessionSeconds) - now)
  const isSoon = left <= noticeSeconds
  const canStay = createdAt + sessionSeconds - now > noticeSeconds
  return html`
    <div id="idle" data-left=${left} data-notice=${noticeSeconds} role="alert">
      ${
        isSoon &&
        html`
          <p>${t(canStay ? 'account.idle-soon' : 'account.idle-over', { minutes: Math.max(1, Math.ceil(left / 60)) })}</p>
          ${
            canStay &&
            html`
              <form method="post" action="/account/idle">
                <button class="ds-button" type="submit">${t('account.idle-stay')}</button>
              </form>
            `
          }
        `
      }
    </div>
  `
}
