import { categories, goodsList, partyRoles, sighting } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import { CountryField, CountryList } from '../components/countries.ts'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Facts } from '../components/facts.ts'
import { Choices, Select, TextArea, TextField } from '../components/field.ts'
import { revealed } from '../components/revealed.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { MemberVisit } from '../visit.ts'
import { languageNames, languages } from '../words/languages.ts'
import type { MessageKey } from '../words/messages.ts'
import { errorOf, membersOf } from './ask.ts'
import { titleOf } from './line.ts'
import { partyField } from './report-fields.ts'

export interface ReportFormOf {
  consignment: Consignment
  /** What was matched. */
  about: Markup
  /** Under which that usually travels. */
  codes: readonly string[]
  form: URLSearchParams
  errors: readonly WrongField[]
  visit: MemberVisit
  office: Office
}

const { shape } = sighting.body
const foundFields = [
  'found.item',
  'found.unlisted',
  'found.category',
  'found.description',
  'found.hs.code',
  'found.chemicals',
]

/** One page: what was found, where, what became of it, and who may read the names. */
export function ReportForm(props: ReportFormOf) {
  const { consignment, about, form, errors, visit } = props
  const { t } = visit
  return html`
    <h1>${t('report.title')}</h1>
    <p class="lead">${t('report.lead')}</p>
    <${ErrorSummary} errors=${errors} visit=${visit} />
    <${Facts}
      facts=${[
        [t('report.consignment'), html`<bdi>${titleOf(consignment)}</bdi>`],
        [t('report.about'), about],
      ]}
    />
    <form method="post" action="/screen/report" class="report">
      <input type="hidden" name="do" value="draft" />
      <input type="hidden" name="key" value=${form.get('key') ?? ''} />
      <input type="hidden" name="about" value=${form.get('about') ?? ''} />
      <input type="hidden" name="consignment" value=${JSON.stringify(consignment)} />
      <${Seen} ...${props} />
      <${Held} ...${props} />
      <${Found} ...${props} />
      <${Parties} ...${props} />
      <${Told} ...${props} />
      <div class="actions">
        <button class="ds-button" type="submit">${t('report.do')}</button>
      </div>
    </form>
  `
}

/** Name, label, value and error of a field, for whichever input it has. */
function fieldsIn({ form, errors, visit: { t } }: ReportFormOf) {
  return (name: string, label: MessageKey, about?: MessageKey) => ({
    name,
    label: t(label),
    value: form.get(name) ?? '',
    error: errorOf(errors, name),
    ...(about !== undefined && { description: t(about) }),
  })
}

function Seen(props: ReportFormOf) {
  const { form, visit } = props
  const { t, words } = visit
  const field = fieldsIn(props)
  const { value: _, ...verdict } = field('verdict', 'report.verdict')
  return html`
    <h2>${t('report.seen')}</h2>
    <${Choices}
      ...${verdict}
      kind="radio"
      values=${form.getAll('verdict')}
      choices=${shape.verdict.options.map(value => ({
        value,
        label: words(value),
        description: t(`report.verdict.${value}`),
      }))}
    />
    <${TextField} ...${field('observedAt', 'report.observed')} type="date" />
    <${TextField} ...${field('place.unlocode', 'report.place', 'report.place.about')} input=${{ size: 10, maxlength: 6, dir: 'ltr', autocomplete: 'off' }} />
    <${TextField} ...${field('place.customsOffice', 'report.office', 'report.office.about')} input=${{ size: 20, dir: 'ltr', autocomplete: 'off' }} />
    <${Select}
      ...${field('direction', 'report.direction')}
      nothing=${t('report.choose')}
      choices=${shape.direction.options.map(value => ({ value, label: words(value) }))}
    />
  `
}

function Held(props: ReportFormOf) {
  const { form, visit, consignment } = props
  const { t, words } = visit
  const field = fieldsIn(props)
  return html`
    <h2>${t('report.held')}</h2>
    <p class="quiet">${t('report.held.about')}</p>
    <${TextField} ...${field('heldHours', 'report.hours')} input=${{ inputmode: 'numeric', size: 8 }} />
    <${TextField} ...${field('disposal', 'report.disposal', 'report.disposal.about')} />
    <div class="choice">
      <input class="ds-input" type="checkbox" id="field-sampleTaken" name="sampleTaken" value="yes" checked=${form.get('sampleTaken') === 'yes'} />
      <label for="field-sampleTaken">${t('report.sample')}</label>
    </div>
    ${
      consignment.transport !== undefined &&
      consignment.transport.mode === undefined &&
      html`
        <${Select}
          ...${field('consignment.transport.mode', 'report.mode')}
          nothing=${t('report.choose')}
          choices=${['1', '2', '3', '4', '5'].map(value => ({ value, label: words(`Mode/${value}`) }))}
        />
      `
    }
  `
}

function Found(props: ReportFormOf) {
  const { codes, errors, visit, form } = props
  const { t, words } = visit
  const field = fieldsIn(props)
  const isOpen = foundFields.some(name => form.get(name) || errorOf(errors, name) !== undefined)
  const items = [...goodsList.items, ...goodsList.watch].map(({ id, label }) => ({
    value: id,
    label: words(label),
  }))
  return html`
    <h2>${t('report.goods')}</h2>
    <${TextField}
      ...${field('consignment.hs.code', 'report.code')}
      description=${codes.length === 0 ? t('report.code.about') : t('report.code.usual', { codes: codes.join(', ') })}
      input=${{ size: 14, dir: 'ltr', inputmode: 'numeric', list: 'codes', autocomplete: 'off' }}
    />
    <datalist id="codes">${codes.map(code => html`<option value=${code}></option>`)}</datalist>
    <${TextField} ...${field('found.quantity.value', 'report.quantity')} input=${{ inputmode: 'decimal', size: 12 }} />
    <${TextField} ...${field('found.quantity.rec20', 'report.unit', 'report.unit.about')} input=${{ size: 6, maxlength: 3, list: 'units', dir: 'ltr' }} />
    <datalist id="units">
      ${['H87', 'SET', 'PR', 'KGM', 'LTR', 'GRM'].map(unit => html`<option value=${unit}>${words(unit)}</option>`)}
    </datalist>
    <details class="ds-details" open=${isOpen}>
      <summary>${t('report.found')}</summary>
      <div>
        <p>${t('report.found.about')}</p>
        <${Select} ...${field('found.item', 'report.found.item')} nothing=${t('report.found.same')} choices=${items} />
        <${TextField} ...${field('found.unlisted', 'report.found.unlisted', 'report.found.unlisted.about')} />
        <${Select}
          ...${field('found.category', 'report.found.category')}
          nothing=${t('report.choose')}
          choices=${categories.map(value => ({ value, label: words(value) }))}
        />
        <${TextArea} ...${field('found.description', 'report.found.description')} input=${{ rows: 3 }} />
        <${TextField} ...${field('found.hs.code', 'report.found.code')} input=${{ size: 10, dir: 'ltr', inputmode: 'numeric' }} />
        <${TextField} ...${field('found.chemicals', 'report.found.cas', 'report.found.cas.about')} input=${{ size: 20, dir: 'ltr' }} />
      </div>
    </details>
  `
}

function Parties(props: ReportFormOf) {
  const { consignment, form, visit, office } = props
  const { t, words, formats } = visit
  const { parties = [] } = consignment
  const field = fieldsIn(props)
  if (parties.length === 0) return null
  const members = membersOf(office).filter(id => id !== office.desk.member)
  const { value: _, ...to } = field('names.to', 'report.names', 'report.names.about')
  const { value: __, ...readers } = field('names.readers', 'report.readers', 'report.readers.about')
  return html`
    <h2>${t('report.parties')}</h2>
    <${CountryList} visit=${visit} members=${membersOf(office)} />
    ${parties.map(
      ({ name, role, country }, row) => html`
        <fieldset class="ds-fieldset party">
          <legend class="ds-label"><bdi>${revealed(name)}</bdi></legend>
          <${Select}
            ...${field(partyField(row, 'role'), 'report.party.role')}
            value=${form.get(partyField(row, 'role')) ?? role ?? ''}
            nothing=${t('report.choose')}
            choices=${partyRoles.map(value => ({ value, label: words(value) }))}
          />
          <${CountryField}
            ...${field(partyField(row, 'country'), 'report.party.country')}
            value=${form.get(partyField(row, 'country')) ?? country ?? ''}
          />
        </fieldset>
      `,
    )}
    <${Choices}
      ...${to}
      kind="radio"
      values=${form.getAll('names.to')}
      choices=${(['channel', 'named', 'nobody'] as const).map(value => ({
        value,
        label: t(`report.names.${value}`),
      }))}
    />
    <details class="ds-details" open=${form.get('names.to') === 'named'}>
      <summary>${t('report.readers.open')}</summary>
      <div>
        <${Choices}
          ...${readers}
          kind="checkbox"
          values=${form.getAll('names.readers')}
          choices=${members.map(value => ({ value, label: `${formats.country(value)} (${value})` }))}
        />
      </div>
    </details>
  `
}

function Told(props: ReportFormOf) {
  const { t } = props.visit
  const field = fieldsIn(props)
  return html`
    <h2>${t('report.told')}</h2>
    <${TextArea} ...${field('text', 'report.text', 'report.text.about')} />
    <${Select}
      ...${field('lang', 'report.language')}
      choices=${languages.map(value => ({ value, label: languageNames[value] }))}
    />
    <${TextField} ...${field('nationalRef', 'report.reference', 'report.reference.about')} />
  `
}
