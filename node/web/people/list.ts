import type { Person } from '../../people.ts'
import { LinkButton } from '../components/act.ts'
import { Written } from '../components/code.ts'
import { Table } from '../components/table.ts'
import { Tag } from '../components/tag.ts'
import { When } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import { warningsFor } from './warnings.ts'

export function listPage({ people, signIn }: Office, visit: MemberVisit): Page {
  const { t, words, formats } = visit
  const all = people
    .list()
    .toSorted((a, b) => Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name))
  const rows = all.map(each => [
    html`<a href=${`/people/${each.id}`}><${Written}>${each.name}<//></a>`,
    formats.list(each.roles.map(words)),
    html`<${LastSignedIn} at=${signIn.lastSignedIn(each.id)} visit=${visit} />`,
    html`<${State} person=${each} visit=${visit} />`,
  ])
  const head = [t('people.name'), t('people.roles'), t('people.last'), t('people.state')]
  return {
    title: t('people.title'),
    within: '/people',
    content: html`
      <h1>${t('people.title')}</h1>
      <p class="lead">${t('people.lead')}</p>
      <${Warnings} people=${all} visit=${visit} />
      <${Table} caption=${t('people.title')} head=${head} rows=${rows} />
      <div class="actions">
        <${LinkButton} to="/people/new" label=${t('people.add')} variant="primary" />
      </div>
    `,
  }
}

function Warnings({ people, visit: { t } }: { people: readonly Person[]; visit: MemberVisit }) {
  const told = warningsFor(people)
  if (told.length === 0) return null
  return html`<ul>${told.map(each => html`<li>${t(each)}</li>`)}</ul>`
}

export function LastSignedIn({ at, visit }: { at: number | undefined; visit: MemberVisit }) {
  return at === undefined ? visit.t('people.never') : html`<${When} at=${at} visit=${visit} />`
}

export function State({ person, visit: { t } }: { person: Person; visit: MemberVisit }) {
  return person.disabled ? html`<${Tag}>${t('people.disabled')}<//>` : t('people.enabled')
}
