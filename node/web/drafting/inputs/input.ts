import { Choices, Select, TextArea, TextField } from '../../components/field.ts'
import { html, type Markup } from '../../html.ts'
import { partyFields } from '../form/asked.ts'
import type { FieldKind } from '../form/describe.ts'
import { below } from '../form/pointer.ts'
import { errorOf, type InputOf, textAt } from './asking.ts'
import { FileHashInput, fileHashField } from './file-hash.ts'
import { GoodInputs, isGood } from './good.ts'
import { Inputs } from './inputs.ts'
import { KeyedInputs } from './keyed.ts'
import { ListInputs } from './list.ts'

/** The input of one field, whatever its kind. */
export function Input(props: InputOf): Markup {
  const { field } = props
  if (partyFields.includes(field.name) && field.kind === 'text') return PartyInput(props)
  if (field.name === fileHashField && field.kind === 'text')
    return html`<${FileHashInput} ...${textOf(props)} visit=${props.asking.visit} />`
  if (field.kind === 'group' && isGood(field)) return html`<${GoodInputs} ...${props} />`
  return inputs[field.kind](props)
}

const inputs: Record<FieldKind, (props: InputOf) => Markup> = {
  text: props => html`<${TextField} ...${textOf(props)} />`,
  prose: props => html`<${TextArea} ...${textOf(props)} />`,
  json: props => html`<${TextArea} ...${textOf(props)} />`,
  language: props => html`<${TextField} ...${textOf(props)} />`,
  day: props => html`<${TextField} ...${textOf(props)} type="date" />`,
  number: props => html`<${TextField} ...${textOf(props)} input=${{ inputmode: 'decimal', dir: 'ltr' }} />`,
  country: props => html`<${TextField}
    ...${textOf(props)}
    input=${{ list: 'countries', autocomplete: 'off', class: 'ds-input short' }}
  />`,
  'one-of': props => OneOf(props),
  'several-of': props => SeveralOf(props),
  'yes-no': props => YesNo(props),
  list: props => html`<${ListInputs} ...${props} />`,
  keyed: props => html`<${KeyedInputs} ...${props} />`,
  group: props => GroupInputs(props),
}

/** What all inputs are told. */
function labelled({ at, field, asking }: InputOf, { deep = false } = {}) {
  const { words, t } = asking.visit
  const error = errorOf(asking, at, { deep })
  const description = words(field.description)
  return {
    name: at,
    label: words(field.title),
    ...(description !== '' && { description }),
    ...(error !== undefined && { error }),
    ...(field.isOptional && { isOptional: t('form.optional') }),
  }
}

function textOf(props: InputOf) {
  const { field, asking, at } = props
  const most = 'most' in field && typeof field.most === 'number' ? { maxlength: field.most } : {}
  return { ...labelled(props), value: textAt(asking, at), input: most }
}

/** More words than this are chosen from a list that opens. */
const radiosMost = 8

function OneOf(props: InputOf) {
  const { field, asking, at } = props
  if (field.kind !== 'one-of') return null
  const { words, t } = asking.visit
  const choices = field.words.map(word => ({ value: word, label: words(word) }))
  const value = textAt(asking, at)
  if (field.words.length > radiosMost || field.isOptional)
    return html`<${Select}
      ...${labelled(props)}
      choices=${choices}
      value=${value}
      nothing=${t(field.isOptional ? 'drafting.not-said' : 'drafting.choose')}
    />`
  return html`<${Choices} ...${labelled(props)} kind="radio" choices=${choices} values=${[value]} />`
}

function SeveralOf(props: InputOf) {
  const { field, asking, at } = props
  if (field.kind !== 'several-of') return null
  const choices = field.words.map(word => ({ value: word, label: asking.visit.words(word) }))
  return html`<${Choices}
    ...${labelled(props, { deep: true })}
    kind="checkbox"
    choices=${choices}
    values=${asking.answers[at] ?? []}
  />`
}

function YesNo(props: InputOf) {
  const { t } = props.asking.visit
  const choices = [
    { value: 'yes', label: t('drafting.yes') },
    { value: 'no', label: t('drafting.no') },
    ...(props.field.isOptional ? [{ value: '', label: t('drafting.not-said') }] : []),
  ]
  const value = textAt(props.asking, props.at)
  const isSaid = value !== '' || props.field.isOptional
  return html`<${Choices} ...${labelled(props)} kind="radio" choices=${choices} values=${isSaid ? [value] : []} />`
}

/** Chosen from among the parties, once there are any. */
function PartyInput(props: InputOf) {
  const { asking, at } = props
  const choices = asking.parties.map(({ key, label }) => ({ value: key, label }))
  return html`<${Select}
    ...${labelled(props)}
    choices=${choices}
    value=${textAt(asking, at)}
    nothing=${asking.visit.t('drafting.not-said')}
  />`
}

function GroupInputs(props: InputOf) {
  const { field, at, asking, isAlone } = props
  if (field.kind !== 'group') return null
  const inner = field.fields.map(each => ({ at: below(at, each.name), field: each }))
  const content = html`<${Inputs} fields=${inner} asking=${asking} />`
  if (isAlone) return content
  const { label, description, error, isOptional, name } = labelled(props)
  return html`
    <fieldset class="ds-fieldset part" id=${`field-${name.replace(/[^A-Za-z0-9-]+/g, '-')}`}>
      <legend class="ds-label" data-weight="medium">
        ${label} ${isOptional !== undefined && html`<span class="quiet">${isOptional}</span>`}
      </legend>
      ${description && html`<p class="quiet">${description}</p>`}
      ${error && html`<p class="ds-validation-message">${error}</p>`} ${content}
    </fieldset>
  `
}
