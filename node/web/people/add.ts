import { isError, textFault } from '#protocol'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Choices, TextField } from '../components/field.ts'
import { roleChoices, rolesIn } from '../components/roles.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'

const nameCharacters = 200

export async function submitPerson({ people }: Office, visit: MemberVisit): Promise<Answer> {
  const { fields, t } = visit
  const name = fields.get('name')?.trim() ?? ''
  const roles = rolesIn(fields)
  const isUnfit =
    name === '' || name.length > nameCharacters || name.includes('\n') || textFault(name) !== undefined
  const errors: WrongField[] = [
    ...(isUnfit ? [{ name: 'name', message: t('people.error.name') }] : []),
    ...(roles.length === 0 ? [{ name: 'roles', message: t('people.error.roles') }] : []),
  ]
  if (errors.length > 0) return addPage(visit, { fields, errors })
  try {
    const { id } = await people.add({ name, roles })
    return { to: `/people/${id}?added=yes` }
  } catch (error) {
    if (!isError(error, 'name-taken')) throw error
    const message = t('people.error.name-taken', { name: error.details.name })
    return addPage(visit, { fields, errors: [{ name: 'name', message }] })
  }
}

export function addPage(
  visit: MemberVisit,
  { fields, errors }: { fields: URLSearchParams; errors: readonly WrongField[] },
): Page {
  const { t } = visit
  const errorOf = (name: string) => errors.find(each => each.name === name)?.message
  return {
    title: t('people.add'),
    within: '/people',
    status: errors.length > 0 ? 422 : 200,
    content: html`
      <h1>${t('people.add')}</h1>
      <${ErrorSummary} errors=${errors} visit=${visit} />
      <form method="post">
        <${TextField}
          name="name"
          value=${fields.get('name') ?? ''}
          error=${errorOf('name')}
          label=${t('people.new-name')}
          description=${t('people.new-name-about')}
          input=${{ maxlength: nameCharacters, autocomplete: 'off' }}
        />
        <${Choices}
          name="roles"
          kind="checkbox"
          values=${fields.getAll('roles')}
          error=${errorOf('roles')}
          label=${t('people.new-roles')}
          description=${t('people.new-roles-about')}
          choices=${roleChoices(visit)}
        />
        <p class="quiet">${t('people.four-eyes')}</p>
        <div class="actions">
          <button class="ds-button" type="submit">${t('people.add')}</button>
          <a href="/people">${t('form.no')}</a>
        </div>
      </form>
    `,
  }
}
