import { html, type Markup } from '../html.ts'

export interface FieldOf {
  /** Of the form: also what an error in the summary links to. */
  name: string
  label: string
  description?: string
  /** What is wrong with what was filled in. */
  error?: string
  isOptional?: string
}

interface Framed extends FieldOf {
  children: (attributes: { id: string; name: string } & Described) => Markup
}

interface Described {
  'aria-describedby'?: string
  'aria-invalid'?: 'true'
}

/** The id under which a field of this name is found on its page. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^A-Za-z0-9-]+/g, '-')}`
}

/** A label, what is asked, what is wrong, and the input itself; each is told to a screen reader. */
function Field({ name, label, description, error, isOptional, children }: Framed) {
  const id = fieldId(name)
  const described = [description && `${id}-about`, error && `${id}-error`].filter(Boolean).join(' ')
  const attributes = {
    id,
    name,
    ...(described !== '' && { 'aria-describedby': described }),
    ...(error !== undefined && { 'aria-invalid': 'true' as const }),
  }
  return html`
    <div class="ds-field field">
      <label class="ds-label" for=${id} data-weight="medium">
        ${label}${isOptional !== undefined && html` <span class="quiet">${isOptional}</span>`}
      </label>
      ${description && html`<p class="quiet" id=${`${id}-about`}>${description}</p>`}
      ${error && html`<p class="ds-validation-message" id=${`${id}-error`}>${error}</p>`}
      ${children(attributes)}
    </div>
  `
}

export interface TextFieldOf extends FieldOf {
  value?: string
  type?: 'text' | 'date' | 'number' | 'search' | 'password' | 'url' | 'file'
  /** Of the input, as HTML has it: autocomplete, inputmode, maxlength, list, dir … */
  input?: Record<string, string | number | boolean>
}

export function TextField({ value = '', type = 'text', input = {}, ...field }: TextFieldOf) {
  return html`
    <${Field} ...${field}>
      ${(attributes: object) =>
        html`<input class="ds-input" type=${type} value=${value} dir="auto" ...${input} ...${attributes} />`}
    <//>
  `
}

export function TextArea({ value = '', input = {}, ...field }: TextFieldOf) {
  return html`
    <${Field} ...${field}>
      ${(attributes: object) =>
        html`<textarea class="ds-input" rows="5" dir="auto" ...${input} ...${attributes}>${value}</textarea>`}
    <//>
  `
}

export interface Choice {
  value: string
  label: string
  description?: string
}

export interface ChoiceFieldOf extends FieldOf {
  choices: readonly Choice[]
  value?: string
  /** The first entry, which chooses nothing. */
  nothing?: string
}

export function Select({ choices, value = '', nothing, ...field }: ChoiceFieldOf) {
  return html`
    <${Field} ...${field}>
      ${(attributes: object) => html`
        <select class="ds-input" ...${attributes}>
          ${nothing !== undefined && html`<option value="">${nothing}</option>`}
          ${choices.map(
            each => html`<option value=${each.value} selected=${each.value === value}>${each.label}</option>`,
          )}
        </select>
      `}
    <//>
  `
}

export interface GroupOf extends FieldOf {
  choices: readonly Choice[]
  values?: readonly string[]
  kind: 'radio' | 'checkbox'
  /** Where several groups of one page have one name. */
  id?: string
}

/** One or several of a few. */
export function Choices({
  name,
  label,
  description,
  error,
  choices,
  values = [],
  kind,
  isOptional,
  id = fieldId(name),
}: GroupOf) {
  const described = [description && `${id}-about`, error && `${id}-error`].filter(Boolean).join(' ')
  return html`
    <fieldset class="ds-fieldset field" id=${id} aria-describedby=${described || undefined}>
      <legend class="ds-label" data-weight="medium">
        ${label}${isOptional !== undefined && html` <span class="quiet">${isOptional}</span>`}
      </legend>
      ${description && html`<p class="quiet" id=${`${id}-about`}>${description}</p>`}
      ${error && html`<p class="ds-validation-message" id=${`${id}-error`}>${error}</p>`}
      ${choices.map(each => {
        const own = `${id}-${fieldId(each.value)}`
        return html`
          <div class="choice">
            <input
              class="ds-input"
              type=${kind}
              id=${own}
              name=${name}
              value=${each.value}
              checked=${values.includes(each.value)}
              aria-describedby=${each.description && `${own}-about`}
            />
            <label for=${own}>${each.label}</label>
            ${each.description && html`<p class="quiet" id=${`${own}-about`}>${each.description}</p>`}
          </div>
        `
      })}
    </fieldset>
  `
}
