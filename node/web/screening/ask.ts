import { hsEditions, partyRoles } from '#protocol'
import { CountryField, CountryList } from '../components/countries.ts'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Select, TextArea, TextField } from '../components/field.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit, Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import { countryField, nameField, partyRows, roleField } from './consignment-fields.ts'
import { LaneRule } from './lanes.ts'
import { keepChoices } from './line.ts'
import { columnOrder, namedColumns, orderedColumns } from './list.ts'

export interface AskOf {
  office: Office
  visit: MemberVisit
  /** As it was filled in. */
  form?: URLSearchParams
  errors?: readonly WrongField[]
}

/** Two ways to ask: a list, or one consignment. */
export function Ask({ office, visit, form = new URLSearchParams(), errors = [] }: AskOf) {
  const { t } = visit
  return html`
    <h1>${t('screening.title')}</h1>
    <p class="lead">${t('screening.lead')}</p>
    <${ErrorSummary} errors=${errors} visit=${visit} />
    <div class="two-ways">
      <section aria-labelledby="many">
        <h2 id="many">${t('screening.many.title')}</h2>
        <${ListForm} ...${{ office, visit, form, errors }} />
      </section>
      <section aria-labelledby="one">
        <h2 id="one">${t('screening.one.title')}</h2>
        <${OneForm} ...${{ office, visit, form, errors }} />
      </section>
    </div>
    <p><a href="/screen/kept">${t('screening.kept.link')}</a></p>
    <${LaneRule} visit=${visit} />
  `
}

type FormOf = Required<AskOf>

function ListForm({ office, visit, form, errors }: FormOf) {
  const { t } = visit
  const maps = office.desk.columnMaps.list()
  const columns = [
    { value: namedColumns, label: t('screening.many.named') },
    { value: orderedColumns, label: t('screening.many.ordered') },
    ...maps.map(({ name }) => ({ value: `map:${name}`, label: t('screening.many.map', { name }) })),
  ]
  return html`
    <form method="post" action="/screen" enctype="multipart/form-data">
      <input type="hidden" name="how" value="many" />
      <${TextArea}
        name="lines"
        label=${t('screening.many.paste')}
        description=${t('screening.many.paste.about')}
        value=${form.get('lines') ?? ''}
        error=${errorOf(errors, 'lines')}
        input=${{ rows: 8, spellcheck: 'false', wrap: 'off' }}
      />
      <${TextField}
        name="file"
        label=${t('screening.many.file')}
        description=${t('screening.many.file.about')}
        type="file"
        error=${errorOf(errors, 'file')}
        input=${{ accept: '.csv,.txt,.tsv,.json,.ndjson,.jsonl,text/csv,text/plain,application/json' }}
      />
      <${Select}
        name="columns"
        label=${t('screening.many.columns')}
        choices=${columns}
        value=${form.get('columns') ?? namedColumns}
      />
      <details class="ds-details">
        <summary>${t('screening.many.help')}</summary>
        <div>
          <p>${t('screening.many.help.named')}</p>
          <p><code dir="ltr">reference, description, hs.code, quantity, unit, destination, consignee, consignee country</code></p>
          <p>${t('screening.many.help.ordered')}</p>
          <p><code dir="ltr">${columnOrder.join(', ')}</code></p>
          <p>${t('screening.many.help.maps')}</p>
        </div>
      </details>
      <${How} office=${office} visit=${visit} form=${form} id="many" />
      <div class="actions">
        <button class="ds-button" type="submit">${t('screening.many.do')}</button>
      </div>
    </form>
  `
}

/** Further fields, asked for when somebody has them. */
const more: readonly (readonly [field: string, label: MessageKey])[] = [
  ['reference', 'screening.one.reference'],
  ['quantity.value', 'screening.one.quantity'],
  ['quantity.unit', 'screening.one.unit'],
  ['value.amount', 'screening.one.value'],
  ['value.currency', 'screening.one.currency'],
  ['route', 'screening.one.route'],
  ['transport.mode', 'screening.one.mode'],
  ['transport.container', 'screening.one.container'],
  ['transport.vehicle', 'screening.one.vehicle'],
  ['transport.flight', 'screening.one.flight'],
  ['transport.imo', 'screening.one.imo'],
  ['endUse', 'screening.one.use'],
]

/** So many rows for parties stand open. */
const openRows = 2

function OneForm({ office, visit, form, errors }: FormOf) {
  const { t } = visit
  const rows = partyRows.map((role, row) => html`<${PartyRow} ...${{ role, row, visit, form, errors }} />`)
  const field = (name: string, label: MessageKey) => ({
    name,
    label: t(label),
    value: form.get(name) ?? '',
    error: errorOf(errors, name),
  })
  const isMore =
    more.some(([name]) => form.get(name)) ||
    partyRows.some((_, row) => row >= openRows && form.get(nameField(row)))
  return html`
    <form method="post" action="/screen">
      <input type="hidden" name="how" value="one" />
      <${TextArea} ...${field('description', 'screening.one.description')} description=${t('screening.one.description.about')} input=${{ rows: 3 }} />
      <${TextField} ...${field('hs.code', 'screening.one.code')} description=${t('screening.one.code.about')} input=${{ inputmode: 'numeric', size: 16, dir: 'ltr' }} />
      ${rows.slice(0, openRows)}
      <${CountryField} ...${field('origin', 'screening.one.origin')} />
      <${CountryField} ...${field('destination', 'screening.one.destination')} />
      <${CountryList} visit=${visit} members=${membersOf(office)} />
      <details class="ds-details" open=${isMore}>
        <summary>${t('screening.one.more')}</summary>
        <div>
          ${rows.slice(openRows)}
          ${more.map(([name, label]) => html`<${TextField} ...${field(name, label)} />`)}
          <${Select}
            name="hs.edition"
            label=${t('screening.one.edition')}
            choices=${hsEditions.map(value => ({ value, label: visit.words(value) }))}
            nothing=${t('screening.one.edition.none')}
            value=${form.get('hs.edition') ?? ''}
          />
        </div>
      </details>
      <${How} office=${office} visit=${visit} form=${form} id="one" />
      <div class="actions">
        <button class="ds-button" type="submit">${t('screening.one.do')}</button>
      </div>
    </form>
  `
}

interface PartyRowOf {
  role: string
  row: number
  visit: Visit
  form: URLSearchParams
  errors: readonly WrongField[]
}

function PartyRow({ role, row, visit, form, errors }: PartyRowOf) {
  const { t, words } = visit
  const chosen = form.get(roleField(row)) ?? role
  return html`
    <fieldset class="ds-fieldset party">
      <legend class="ds-label">${t('screening.one.party', { number: row + 1 })}</legend>
      <${Select}
        name=${roleField(row)}
        label=${t('screening.one.role')}
        choices=${partyRoles.map(value => ({ value, label: words(value) }))}
        value=${chosen}
        error=${errorOf(errors, roleField(row))}
      />
      <${TextField}
        name=${nameField(row)}
        label=${t('screening.one.name')}
        value=${form.get(nameField(row)) ?? ''}
        error=${errorOf(errors, nameField(row))}
        input=${{ autocomplete: 'off' }}
      />
      <${CountryField}
        name=${countryField(row)}
        label=${t('screening.one.country')}
        value=${form.get(countryField(row)) ?? ''}
        error=${errorOf(errors, countryField(row))}
      />
    </fieldset>
  `
}

interface HowOf {
  office: Office
  visit: Visit
  form: URLSearchParams
  /** Each form has one of its own. */
  id: string
}

/** Whether it is kept, and whether it is a drill. */
function How({ office, visit: { t }, form, id }: HowOf) {
  const days = keepChoices(office.desk.screening.keepDaysMost)
  return html`
    <div class="field">
      <label class="ds-label" for=${`keep-${id}`}>${t('screening.keep.title')}</label>
      <select class="ds-input" id=${`keep-${id}`} name="keepDays">
        <option value="">${t('screening.keep.not')}</option>
        ${days.map(
          each => html`
            <option value=${each} selected=${form.get('keepDays') === String(each)}>${t('screening.keep.for', { days: each })}</option>
          `,
        )}
      </select>
    </div>
    <div class="choice">
      <input class="ds-input" type="checkbox" id=${`drill-${id}`} name="exercise" value="yes" checked=${form.get('exercise') === 'yes'} />
      <label for=${`drill-${id}`}>${t('screening.drill')}</label>
    </div>
  `
}

export function membersOf({ desk }: Office): string[] {
  return desk.registry().members.members.map(({ id }) => id)
}

export function errorOf(errors: readonly WrongField[], name: string): string | undefined {
  return errors.find(each => each.name === name)?.message
}
