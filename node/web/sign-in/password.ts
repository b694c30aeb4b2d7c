import { isError } from '#protocol'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { TextField } from '../components/field.ts'
import { html } from '../html.ts'
import { ownAddress } from '../language.ts'
import type { Office } from '../office.ts'
import type { Answer } from '../route.ts'
import type { Visit } from '../visit.ts'
import { enter } from './enter.ts'

/** Why somebody is asked to sign in, as the address says. */
const reasons = ['idle', 'ended', 'out'] as const

export function signInPage(visit: Visit, wrong: readonly WrongField[] = [], status = 200): Answer {
  const { t, url, fields, visitor } = visit
  const back = backOf(visit)
  if (visitor && wrong.length === 0) return { to: back }
  const why = reasons.find(each => each === url.searchParams.get('why'))
  return {
    title: t('sign-in.title'),
    status,
    content: html`
      <h1>${t('sign-in.title')}</h1>
      ${why && html`<p class="lead" role="status">${t(`sign-in.why-${why}`)}</p>`}
      <${ErrorSummary} errors=${wrong} visit=${visit} />
      <form method="post" action="/sign-in" class="narrow">
        <input type="hidden" name="back" value=${back} />
        <${TextField}
          name="name"
          value=${fields.get('name') ?? ''}
          label=${t('sign-in.name')}
          description=${t('sign-in.name-about')}
          error=${wrong.find(({ name }) => name === 'name')?.message}
          input=${{ autocomplete: 'username', autocapitalize: 'off', spellcheck: false, required: true }}
        />
        <${TextField}
          name="password"
          type="password"
          label=${t('sign-in.password')}
          input=${{ autocomplete: 'current-password', required: true }}
        />
        <button class="ds-button" type="submit">${t('sign-in.do')}</button>
      </form>
      <h2>${t('sign-in.without')}</h2>
      <p>${t('sign-in.without-about')}</p>
      <p class="quiet">${t('sign-in.operator')} <bdi class="code" dir="ltr">focalpoint person link NAME</bdi></p>
      <p><a href="/help">${t('help.title')}</a></p>
    `,
  }
}

export async function submitSignIn(office: Office, visit: Visit): Promise<Answer> {
  const { fields, t, address, userAgent } = visit
  const given = { name: fields.get('name') ?? '', password: fields.get('password') ?? '' }
  try {
    const opened = await office.signIn.signIn(given, { address, userAgent })
    return await enter(opened, { office, visit, to: backOf(visit) })
  } catch (error) {
    if (isError(error, 'sign-in-refused'))
      return signInPage(visit, [{ name: 'name', message: t('sign-in.refused') }], 422)
    if (isError(error, 'locked-out')) {
      const minutes = Math.ceil(error.details.retryAfterSeconds / 60)
      return signInPage(visit, [{ name: 'name', message: t('sign-in.locked', { minutes }) }], 429)
    }
    throw error
  }
}

/** Where one was: of this node, and never the way in itself. */
function backOf({ url, fields }: Visit): string {
  const back = ownAddress(fields.get('back') ?? url.searchParams.get('back') ?? '/')
  return /^\/sign-(?:in|out)\b/.test(back) ? '/' : back
}
