import { LinkButton } from '../components/act.ts'
import { Alert } from '../components/alert.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'

/** Asks whoever came in by a link that is spent to set a password, as long as there is none. */
export function NoPassword({ office: { signIn }, visit }: { office: Office; visit: MemberVisit }) {
  const { t, visitor, url } = visit
  if (!signIn.needsPassword(visitor.session)) return null
  const isFree = signIn.setsPasswordFreely(visitor.session)
  const isBesideForm = url.pathname.startsWith('/account')
  // The place of the form says by itself that another link is needed.
  if (isBesideForm && !isFree) return null
  return html`
    <${Alert} title=${t('account.no-password')}>
      <p>${t(isFree ? 'account.no-password-set' : 'account.no-password-late')}</p>
      ${isFree && !isBesideForm && html`<${LinkButton} to="/account#password" label=${t('account.set-password')} />`}
    <//>
  `
}
