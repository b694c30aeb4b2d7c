import { isError } from '#protocol'
import type { Person } from '../../people.ts'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Choices } from '../components/field.ts'
import { roleChoices, rolesIn } from '../components/roles.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'

export async function submitRoles(person: Person, { people }: Office, visit: MemberVisit): Promise<Answer> {
  const { fields, t } = visit
  const values = rolesIn(fields)
  const wrong = (message: string) => rolesPage(person, visit, { values, error: message })
  if (values.length === 0) return wrong(t('people.error.roles'))
  try {
    await people.changeRoles(person.id, values)
    return { to: `/people/${person.id}?roles=changed` }
  } catch (error) {
    if (isError(error, 'last-administrator')) return wrong(t('people.error.last-administrator'))
    throw error
  }
}

export function rolesPage(
  person: Person,
  visit: MemberVisit,
  { values = person.roles, error }: { values?: readonly string[]; error?: string } = {},
): Page {
  const { t } = visit
  const heading = t('people.roles-of', { name: person.name })
  const errors: WrongField[] = error === undefined ? [] : [{ name: 'roles', message: error }]
  return {
    title: heading,
    within: '/people',
    status: error === undefined ? 200 : 422,
    content: html`
      <h1>${heading}</h1>
      <${ErrorSummary} errors=${errors} visit=${visit} />
      ${person.id === visit.visitor.person.id && html`<p>${t('people.roles-self')}</p>`}
      <form method="post">
        <${Choices}
          name="roles"
          kind="checkbox"
          values=${values}
          error=${error}
          label=${t('people.new-roles')}
          description=${t('people.new-roles-about')}
          choices=${roleChoices(visit)}
        />
        <p class="quiet">${t('people.roles-at-once')}</p>
        <p class="quiet">${t('people.four-eyes')}</p>
        <div class="actions">
          <button class="ds-button" type="submit">${t('people.change-roles')}</button>
          <a href=${`/people/${person.id}`}>${t('form.no')}</a>
        </div>
      </form>
    `,
  }
}
