import { html, type Markup } from '../../html.ts'
import { isAnswered } from '../form/answers.ts'
import { isAsked, neverFolded } from '../form/asked.ts'
import type { PlacedField } from '../form/steps.ts'
import { type Asking, errorOf } from './asking.ts'

/** Fields one after the other; those that may be left out are folded away. */
export function Inputs({ fields, asking }: { fields: readonly PlacedField[]; asking: Asking }): Markup {
  const asked = fields.filter(({ field }) => isAsked(field.name, asking.unasked))
  const needed = asked.filter(({ field }) => !field.isOptional || neverFolded.includes(field.name))
  const more = asked.filter(each => !needed.includes(each))
  const shown = needed.length === 0 ? more : needed
  const isAlone = asked.length === 1
  return html`
    ${shown.map(each => html`<${asking.input} ...${each} asking=${asking} isAlone=${isAlone} />`)}
    ${needed.length > 0 && more.length > 0 && html`<${More} fields=${more} asking=${asking} />`}
  `
}

function More({ fields, asking }: { fields: readonly PlacedField[]; asking: Asking }) {
  const isOpen = fields.some(
    ({ at }) => isAnswered(asking.answers, at) || errorOf(asking, at, { deep: true }) !== undefined,
  )
  return html`
    <details class="more" open=${isOpen}>
      <summary>${asking.visit.t('drafting.more')}</summary>
      ${fields.map(each => html`<${asking.input} ...${each} asking=${asking} />`)}
    </details>
  `
}
