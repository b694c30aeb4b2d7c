import { isError } from '#protocol'
import type { NewToken, Person } from '../../people.ts'
import { Alert } from '../components/alert.ts'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Choices, Select, TextField } from '../components/field.ts'
import { roleChoices, rolesIn } from '../components/roles.ts'
import { Secret } from '../components/secret.ts'
import { Instant } from '../components/when.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Answer, Page } from '../route.ts'
import { has, type MemberVisit } from '../visit.ts'

const usualDays = '365'
const labelCharacters = 200

export function newTokenPage(office: Office, visit: MemberVisit): Page {
  const fields = new URLSearchParams({ days: usualDays, person: visit.visitor.person.id })
  return formPage(office, visit, { fields, errors: [] })
}

export async function submitToken(office: Office, visit: MemberVisit): Promise<Answer> {
  const { fields } = visit
  const wanted = tokenAsked(visit)
  const errors = wrongIn(wanted, office, visit)
  if (errors.length > 0) return formPage(office, visit, { fields, errors })
  try {
    const made = await office.people.createToken(wanted)
    return shownPage(made, visit)
  } catch (error) {
    // Somebody disabled the person, or took a role away, meanwhile.
    if (!isError(error, 'conflict') && !isError(error, 'request-malformed')) throw error
    return formPage(office, visit, { fields, errors: [wrong('roles', visit)] })
  }
}

/** Only an administrator makes one for somebody else. */
function tokenAsked(visit: MemberVisit): Required<NewToken> {
  const { fields, visitor } = visit
  return {
    person: (has(visit, 'admin') && fields.get('person')) || visitor.person.id,
    label: fields.get('label')?.trim() ?? '',
    days: Number(fields.get('days')),
    roles: rolesIn(fields),
  }
}

type Name = 'label' | 'days' | 'roles' | 'person'

function wrong(name: Name, { t }: MemberVisit): WrongField {
  return { name, message: t(`integrations.error.${name}`) }
}

function wrongIn(
  { label, days, person, roles }: Required<NewToken>,
  { people }: Office,
  visit: MemberVisit,
): WrongField[] {
  const holder = people.find(person)
  const isWrong: Record<Name, boolean> = {
    label: label === '' || label.length > labelCharacters,
    person: holder === undefined || holder.disabled,
    roles: roles.length === 0 || !roles.every(role => holder?.roles.includes(role)),
    days: !Number.isInteger(days) || days < 1 || days > 3660,
  }
  return (Object.keys(isWrong) as Name[]).filter(name => isWrong[name]).map(name => wrong(name, visit))
}

function formPage(
  { people }: Office,
  visit: MemberVisit,
  { fields, errors }: { fields: URLSearchParams; errors: readonly WrongField[] },
): Page {
  const { t, visitor } = visit
  const isForAll = has(visit, 'admin')
  const of = (name: Name) => {
    const error = errors.find(each => each.name === name)?.message
    return { name, value: fields.get(name) ?? '', ...(error !== undefined && { error }) }
  }
  const holders = people.list().filter(each => !each.disabled)
  return {
    title: t('integrations.new'),
    within: '/integrations',
    status: errors.length > 0 ? 422 : 200,
    content: html`
      <h1>${t('integrations.new')}</h1>
      <${ErrorSummary} errors=${errors} visit=${visit} />
      <form method="post">
        <${TextField}
          ...${of('label')}
          label=${t('integrations.new-label')}
          description=${t('integrations.new-label-about')}
          input=${{ maxlength: labelCharacters, autocomplete: 'off' }}
        />
        ${
          isForAll &&
          html`<${Select} ...${of('person')} label=${t('integrations.new-person')} choices=${holders.map(choiceOf)} />`
        }
        <${Choices}
          ...${of('roles')}
          kind="checkbox"
          values=${fields.getAll('roles')}
          label=${t('integrations.new-roles')}
          description=${t('integrations.new-roles-about')}
          choices=${roleChoices(visit, isForAll ? undefined : visitor.person.roles)}
        />
        <${TextField}
          ...${of('days')}
          type="number"
          label=${t('integrations.new-days')}
          description=${t('integrations.new-days-about')}
          input=${{ min: 1, max: 3660, inputmode: 'numeric' }}
        />
        <div class="actions">
          <button class="ds-button" type="submit">${t('integrations.new')}</button>
          <a href="/integrations">${t('form.no')}</a>
        </div>
      </form>
    `,
  }
}

function choiceOf({ id, name }: Person) {
  return { value: id, label: name }
}

/** The secret, this once. */
function shownPage(
  { secret, token }: Awaited<ReturnType<Office['people']['createToken']>>,
  visit: MemberVisit,
): Page {
  const { t } = visit
  return {
    title: t('integrations.made'),
    within: '/integrations',
    content: html`
      <h1>${t('integrations.made')}</h1>
      <${Alert} tone="success" title=${token.label}>
        <p>${t('integrations.secret-about')}</p>
        <${Secret} label=${t('integrations.secret')} value=${secret} />
        <p>${t('integrations.ends')}: <${Instant} at=${token.expiresAt} visit=${visit} /></p>
      <//>
      <p><a href="/integrations">${t('integrations.back')}</a></p>
    `,
  }
}
