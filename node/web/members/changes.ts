import type { Change } from '#protocol'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { changeWords } from './change-words.ts'

/** What a document changes, sentence by sentence; what deserves a second look first. */
export function Changes({ changes, visit }: { changes: readonly Change[]; visit: Visit }) {
  const { t } = visit
  const dangers = changes.filter(({ danger }) => danger)
  const others = changes.filter(({ danger }) => !danger)
  if (changes.length === 0) return html`<p>${t('members.changes.none')}</p>`
  return html`
    ${
      dangers.length > 0 &&
      html`
        <div class="ds-alert" data-color="warning">
          <p><strong>${t('members.changes.twice')}</strong></p>
          <ul>
            ${dangers.map(change => html`<li>${changeWords(change, visit)}</li>`)}
          </ul>
        </div>
      `
    }
    ${others.length > 0 && html`<ul>${others.map(change => html`<li>${changeWords(change, visit)}</li>`)}</ul>`}
  `
}

/** Twelve groups of five digits, as they are read over the telephone. */
export function SafetyNumber({ number, label }: { number: string; label: string }) {
  return html`
    <ol class="safety-number code" aria-label=${label}>
      ${number.split(' ').map(group => html`<li>${group}</li>`)}
    </ol>
  `
}
