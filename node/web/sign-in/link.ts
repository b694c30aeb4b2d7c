import { isError } from '#protocol'
import { Written } from '../components/code.ts'
import { Empty } from '../components/empty.ts'
import { Instant } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import type { Visit } from '../visit.ts'
import { enter } from './enter.ts'

/**
 * Programs that look at links in messages must not use them up: a link is opened by the button. One that opens again
 * and again, of the demonstration, has nothing to lose and opens at once.
 */
export async function linkPage(office: Office, visit: Visit): Promise<Answer> {
  const { t, params } = visit
  const found = office.signIn.findLink(params.secret ?? '')
  if (found === undefined) return spentPage(visit)
  if (found.again) return openLink(office, visit)
  const { person, expiresAt } = found
  return {
    title: t('sign-in.title'),
    content: html`
      <h1>${t('sign-in.title')}</h1>
      <p class="lead">${t('sign-in.link-for')} <${Written}>${person.name}<//></p>
      <form method="post">
        <button class="ds-button" type="submit">${t('sign-in.as', { name: person.name })}</button>
      </form>
      <p class="quiet">${t('sign-in.link-once')} <${Instant} at=${expiresAt} visit=${visit} /></p>
      <p class="quiet">${t('sign-in.not-you')}</p>
    `,
  }
}

export async function openLink(office: Office, visit: Visit): Promise<Answer> {
  const { params, address, userAgent } = visit
  try {
    const opened = await office.signIn.openLink(params.secret ?? '', { address, userAgent })
    return await enter(opened, { office, visit, to: '/' })
  } catch (error) {
    if (isError(error, 'link-spent')) return spentPage(visit)
    throw error
  }
}

function spentPage({ t }: Visit): Page {
  return {
    title: t('sign-in.spent'),
    status: 410,
    content: html`
      <h1>${t('sign-in.spent')}</h1>
      <${Empty} why=${t('sign-in.spent-about')}>
        <p><a href="/sign-in">${t('sign-in.by-password')}</a></p>
      <//>
    `,
  }
}
