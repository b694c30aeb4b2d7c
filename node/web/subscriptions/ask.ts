import { isError } from '#protocol'
import type { NewSubscription, Shown } from '../../subscription.ts'
import { Alert } from '../components/alert.ts'
import type { WrongField } from '../components/error-summary.ts'
import { Secret } from '../components/secret.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import type { MemberVisit, Visit } from '../visit.ts'
import { fieldsOf, readForm } from './fields.ts'
import { formPage } from './form.ts'
import { ownSubscription } from './own.ts'

export function newPage(office: Office, visit: MemberVisit): Page {
  return formPage(office, visit, {
    title: visit.t('subscriptions.new'),
    fields: new URLSearchParams({ remarks: 'yes', target: 'feed', begin: 'now' }),
    isNew: true,
  })
}

export async function submitNew(office: Office, visit: MemberVisit): Promise<Answer> {
  const read = readForm(visit.fields, office.desk.types)
  const again = (errors: readonly WrongField[]) =>
    formPage(office, visit, {
      title: visit.t('subscriptions.new'),
      fields: visit.fields,
      errors,
      isNew: true,
    })
  if (!read.isRight) return again(wrongIn(read.wrong, visit))
  try {
    const shown = await office.desk.subscriptions.create(visit.visitor.person.id, read.wanted)
    return shownPage(shown, visit, { title: visit.t('subscriptions.made') })
  } catch (error) {
    return again([refusedFor(error, visit)])
  }
}

export function changePage(office: Office, visit: MemberVisit): Page {
  const held = ownSubscription(office.desk, visit)
  return formPage(office, visit, {
    title: visit.t('subscriptions.change-title'),
    fields: fieldsOf(held),
    isNew: false,
    back: `/subscriptions/${held.id}`,
  })
}

export async function submitChange(office: Office, visit: MemberVisit): Promise<Answer> {
  const { id, target, version } = ownSubscription(office.desk, visit)
  visit.fields.set('target', target.kind)
  const read = readForm(visit.fields, office.desk.types)
  const again = (errors: readonly WrongField[]) =>
    formPage(office, visit, {
      title: visit.t('subscriptions.change-title'),
      fields: visit.fields,
      errors,
      isNew: false,
      back: `/subscriptions/${id}`,
    })
  if (!read.isRight) return again(wrongIn(read.wrong, visit))
  const asked = Number(visit.fields.get('version') ?? version)
  try {
    await office.desk.subscriptions.change(id, changeOf(read.wanted), { version: asked })
    return { to: `/subscriptions/${id}` }
  } catch (error) {
    return again([refusedFor(error, visit)])
  }
}

function changeOf({ label, filter, remarks, matches, target }: NewSubscription) {
  return { label, filter, remarks, matches, ...(target.kind === 'webhook' && { url: target.url }) }
}

function wrongIn(wrong: readonly WrongName[], { t }: Visit): WrongField[] {
  return wrong.map(name => ({ name, message: t(`subscriptions.error.${name}`) }))
}

type WrongName = Extract<ReturnType<typeof readForm>, { isRight: false }>['wrong'][number]

/** What the node says of the address, or of there being too many. Throws what is not for the person to mend. */
function refusedFor(error: unknown, { wordsOf }: Visit): WrongField {
  if (!isError(error)) throw error
  const isOfTarget = error.code.startsWith('target-')
  if (!isOfTarget && error.code !== 'conflict' && error.code !== 'quota-reached') throw error
  return { name: isOfTarget ? 'url' : 'label', message: wordsOf(error), error }
}

/** The secret, this once: the page is kept nowhere and cannot be loaded again. */
export function shownPage(
  { subscription, secret }: Shown,
  { t, origin }: Visit,
  { title, about }: { title: string; about?: string },
): Page {
  const feed = `${origin}/v1/feeds/${secret}`
  const isFeed = subscription.target.kind === 'feed'
  return {
    title,
    within: '/subscriptions',
    content: html`
      <h1>${title}</h1>
      <${Alert} tone="success" title=${subscription.label}>
        <p>${t(isFeed ? 'subscriptions.link-about' : 'subscriptions.secret-about')} ${about}</p>
        ${
          isFeed
            ? html`
                <${Secret} label=${t('subscriptions.link-atom')} value=${`${feed}.atom`} />
                <${Secret} label=${t('subscriptions.link-json')} value=${`${feed}.json`} />
              `
            : html`<${Secret} label=${t('subscriptions.secret')} value=${secret} />`
        }
      <//>
      <p><a href=${`/subscriptions/${subscription.id}`}>${t('subscriptions.go-on')}</a></p>
    `,
  }
}
