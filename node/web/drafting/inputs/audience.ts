import { Country } from '../../components/code.ts'
import { Choices, TextField } from '../../components/field.ts'
import { html } from '../../html.ts'
import type { Office } from '../../office.ts'
import { type Audience, hasNames } from '../audience.ts'
import { type Asking, errorOf, textAt } from './asking.ts'

export interface AudienceInputsOf {
  audience: Audience
  asking: Asking
  office: Office
}

/** Whom the content is for, whom the names are for, and until when anybody may keep them. */
export function AudienceInputs({ audience, asking, office }: AudienceInputsOf) {
  const { visit, answers } = asking
  const { t, formats } = visit
  const members = audience.members.map(formats.country)
  const readers = Object.entries(answers).flatMap(([name, texts]) =>
    name.startsWith('/readers/') ? texts : [],
  )
  const readersError = errorOf(asking, '/readers', { deep: true })
  return html`
    <${PartInputs} part="body" asking=${asking} office=${office} members=${members} />
    ${hasNames(answers) && html`<${PartInputs} part="nominal" asking=${asking} office=${office} members=${members} />`}
    <fieldset class="ds-fieldset field" id="field--readers">
      <legend class="ds-label" data-weight="medium">${t('drafting.readers')}</legend>
      <p class="quiet">${t('drafting.readers-about')}</p>
      ${readersError && html`<p class="ds-validation-message">${readersError}</p>`}
      ${audience.members.map(
        (id, number) => html`
          <div class="choice">
            <input
              class="ds-input"
              type="checkbox"
              id=${`reader-${id}`}
              name=${`/readers/${number}`}
              value=${id}
              checked=${readers.includes(id)}
            />
            <label for=${`reader-${id}`}><${Country} code=${id} visit=${visit} /></label>
          </div>
        `,
      )}
    </fieldset>
    ${
      !office.onlyExercises &&
      html`<${Choices}
        name="/exercise"
        label=${t('drafting.drill')}
        description=${t('drafting.drill-about')}
        kind="checkbox"
        choices=${[{ value: 'yes', label: t('drafting.drill-yes') }]}
        values=${answers['/exercise'] ?? []}
      />`
    }
  `
}

interface PartInputsOf {
  part: 'body' | 'nominal'
  asking: Asking
  office: Office
  members: readonly string[]
}

function PartInputs({ part, asking, office, members }: PartInputsOf) {
  const { t, formats } = asking.visit
  const at = `/parts/${part}`
  const to = textAt(asking, `${at}/to`)
  const isNobody = to === 'named' && isOwnOnly(asking, office)
  const error = errorOf(asking, `${at}/to`) ?? errorOf(asking, at)
  const untilError = errorOf(asking, `${at}/until`)
  const choices = [
    { value: 'channel', label: t('drafting.to-channel'), description: formats.list(members) },
    { value: 'named', label: t('drafting.to-named') },
    ...(part === 'nominal' ? [{ value: 'nobody', label: t('drafting.to-nobody') }] : []),
  ]
  return html`
    <${Choices}
      name=${`${at}/to`}
      label=${t(part === 'body' ? 'drafting.who-body' : 'drafting.who-names')}
      description=${t(part === 'body' ? 'drafting.who-body-about' : 'drafting.who-names-about')}
      ...${error !== undefined && { error }}
      kind="radio"
      choices=${choices}
      values=${[isNobody ? 'nobody' : to]}
    />
    <${TextField}
      name=${`${at}/until`}
      label=${t(part === 'body' ? 'drafting.until-body' : 'drafting.until-names')}
      description=${t('drafting.until-about')}
      ...${untilError !== undefined && { error: untilError }}
      type="date"
      value=${textAt(asking, `${at}/until`)}
    />
  `
}

function isOwnOnly({ answers }: Asking, { desk }: Office): boolean {
  const readers = Object.entries(answers).flatMap(([name, texts]) =>
    name.startsWith('/readers/') ? texts : [],
  )
  return readers.length > 0 && readers.every(id => id === desk.member)
}
