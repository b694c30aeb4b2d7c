import { fieldId } from '../../components/field.ts'
import { html } from '../../html.ts'
import { membersAt } from '../form/answers.ts'
import type { Field } from '../form/describe.ts'
import { below } from '../form/pointer.ts'
import type { Step } from '../form/steps.ts'
import { type Asking, errorOf, textAt } from './asking.ts'
import { Inputs } from './inputs.ts'
import { AddKey } from './keyed.ts'

/** Each party: what everybody in the channel reads of it, and beside it the name, which fewer may read. */
export function PartiesInputs({ step, asking }: { step: Step; asking: Asking }) {
  const { t, words } = asking.visit
  const [parties, names] = step.fields
  if (parties?.field.kind !== 'keyed') return null
  const roles = roleWords(parties.field.item)
  const error = errorOf(asking, parties.at)
  return html`
    <div id=${fieldId(parties.at)} class="part">
      ${error && html`<p class="ds-validation-message">${error}</p>`}
      ${names && html`<p class="note">${t('drafting.names-apart')}</p>`}
      ${membersAt(asking.answers, parties.at).map(
        key => html`<${Party} party=${key} step=${step} asking=${asking} key=${key} />`,
      )}
      <${AddKey}
        at=${parties.at}
        field=${parties.field}
        asking=${asking}
        choices=${roles.map(role => ({ value: role, label: words(role) }))}
      />
    </div>
  `
}

function Party({ party, step, asking }: { party: string; step: Step; asking: Asking }) {
  const { t, words } = asking.visit
  const [parties, names] = step.fields
  if (parties?.field.kind !== 'keyed' || parties.field.item.kind !== 'group') return null
  const at = below(parties.at, party)
  const role = textAt(asking, below(at, 'role')) || party
  const inBody = placed(parties.field.item.fields, at)
  const named =
    names?.field.kind === 'keyed' && names.field.item.kind === 'group' ? names.field.item.fields : []
  return html`
    <fieldset class="ds-fieldset entry" id=${fieldId(at)}>
      <legend><h2 class="entry-title">${words(role)}</h2></legend>
      ${
        named.length > 0 &&
        html`
          <div class="apart">
            <p class="quiet">${t('drafting.names-here')}</p>
            <${Inputs} fields=${placed(named, below('/nominal', party))} asking=${asking} />
          </div>
        `
      }
      <${Inputs} fields=${inBody} asking=${asking} />
      <button class="ds-button" data-variant="tertiary" name="act" value=${`remove:${at}`}>
        ${t('drafting.remove', { what: words(role) })}
      </button>
    </fieldset>
  `
}

function placed(fields: readonly Field[], at: string) {
  return fields.map(field => ({ at: below(at, field.name), field }))
}

function roleWords(item: Field): readonly string[] {
  const first = item.kind === 'group' ? item.fields[0] : undefined
  return first?.kind === 'one-of' ? first.words : []
}
