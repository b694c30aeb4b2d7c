import { isError } from '#protocol'
import type { Session } from '../../sign-in/sign-in.ts'
import { Act } from '../components/act.ts'
import { Alert } from '../components/alert.ts'
import { Written } from '../components/code.ts'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Facts } from '../components/facts.ts'
import { TextField } from '../components/field.ts'
import { placeOf, SessionTable } from '../components/sessions.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { directionOf, languageNames, languages } from '../words/languages.ts'
import { NoPassword } from './no-password.ts'

export function accountPage(office: Office, visit: MemberVisit, errors: readonly WrongField[] = []): Page {
  const { t, words, formats, visitor, url } = visit
  const sessions = office.signIn.sessions(visitor.person.id)
  return {
    title: t('account.title'),
    within: '/account',
    status: errors.length > 0 ? 422 : 200,
    content: html`
      <h1>${t('account.title')}</h1>
      <${ErrorSummary} errors=${errors} visit=${visit} />
      ${
        url.searchParams.has('password') &&
        html`<${Alert} tone="success" title=${t('account.password-saved')}><p>${t('account.password-saved-about')}</p><//>`
      }
      <${NoPassword} office=${office} visit=${visit} />
      <${Facts}
        facts=${[
          [t('people.name'), html`<${Written}>${visitor.person.name}<//>`],
          [t('people.roles'), formats.list(visitor.roles.map(words))],
        ]}
      />
      <p class="quiet">${t('account.roles-about')}</p>
      <${PasswordForm} office=${office} visit=${visit} errors=${errors} />
      <h2>${t('account.sessions')}</h2>
      <p>${t('account.sessions-about')}</p>
      <${SessionTable}
        sessions=${sessions}
        visit=${visit}
        act=${(each: Session) =>
          each.id === visitor.session.id
            ? html`<span class="quiet">${t('account.this-one')}</span>`
            : html`<${Act}
                to=${`/account/sessions/${each.id}/end`}
                label=${t('account.end')}
                about=${placeOf(each, visit)}
                variant="tertiary"
              />`}
      />
      ${
        sessions.length > 1 &&
        html`<div class="actions"><${Act} to="/account/end-others" label=${t('account.end-others')} /></div>`
      }
      <h2>${t('account.language')}</h2>
      <ul class="inline-list">
        ${languages.map(
          language => html`
            <li>
              <a
                href=${`/language/${language}?back=/account`}
                lang=${language}
                dir=${directionOf(language)}
                aria-current=${language === visit.language ? 'true' : undefined}
                >${languageNames[language]}</a
              >
            </li>
          `,
        )}
      </ul>
    `,
  }
}

function PasswordForm({
  office,
  visit,
  errors,
}: {
  office: Office
  visit: MemberVisit
  errors: readonly WrongField[]
}) {
  const { t, visitor } = visit
  const { signIn } = office
  const hasOne = signIn.hasPassword(visitor.person.id)
  const isFree = signIn.setsPasswordFreely(visitor.session)
  const errorOf = (name: string) => errors.find(each => each.name === name)?.message
  const heading = html`<h2 id="password">${t(hasOne ? 'account.change-password' : 'account.set-password')}</h2>`
  // Whoever came by a link some time ago, and has no password to show, needs a new link.
  if (!hasOne && !isFree) return html`${heading}<p>${t('account.password-by-link')}</p>`
  return html`
    ${heading}
    <p>${t('account.password-rules')}</p>
    <form method="post" action="/account/password" class="narrow">
      <input type="text" name="username" autocomplete="username" value=${visitor.person.name} hidden />
      ${
        !isFree &&
        html`<${TextField}
          name="current"
          type="password"
          label=${t('account.current-password')}
          error=${errorOf('current')}
          input=${{ autocomplete: 'current-password' }}
        />`
      }
      <${TextField}
        name="next"
        type="password"
        label=${t('account.next-password')}
        error=${errorOf('next')}
        input=${{ autocomplete: 'new-password', minlength: 15 }}
      />
      <${TextField}
        name="again"
        type="password"
        label=${t('account.again-password')}
        error=${errorOf('again')}
        input=${{ autocomplete: 'new-password' }}
      />
      <button class="ds-button" type="submit">${t(hasOne ? 'account.change-password' : 'account.set-password')}</button>
    </form>
  `
}

export async function submitPassword(office: Office, visit: MemberVisit): Promise<Answer> {
  const { fields, t, visitor } = visit
  const next = fields.get('next') ?? ''
  if (next !== fields.get('again')) {
    return accountPage(office, visit, [{ name: 'again', message: t('account.error.again') }])
  }
  try {
    await office.signIn.setPassword(visitor, { current: fields.get('current') ?? '', next })
    return { to: '/account?password=set' }
  } catch (error) {
    return accountPage(office, visit, [wrongIn(error, visit)])
  }
}

const faults = ['too-short', 'too-long', 'own-words', 'common', 'sequence', 'repeated'] as const

/** Throws what is not for the person to mend here. */
function wrongIn(error: unknown, { t }: MemberVisit): WrongField {
  if (isError(error, 'sign-in-refused')) return { name: 'current', message: t('account.error.current') }
  if (!isError(error, 'request-malformed')) throw error
  const code = faults.find(each => each === error.details.errors[0]?.code) ?? 'common'
  return { name: 'next', message: t(`account.error.${code}`) }
}
