import { type Lane, lanes, screeningRule } from '../../consignment.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'

const lanesFrom = { amber: screeningRule.amberFrom, red: screeningRule.redFrom }

/** A lane by its word and what it means: the colour only repeats it. */
export function LaneMark({ lane, visit: { t } }: { lane: Lane; visit: Visit }) {
  return html`
    <span class=${`lane lane-${lane}`}>
      <strong>${t(`screening.lane.${lane}`)}</strong> <span>${t(`screening.lane.${lane}.means`)}</span>
    </span>
  `
}

/** How points become lanes, for whoever wants to know why. */
export function LaneRule({ visit: { t } }: { visit: Visit }) {
  const worth = ['name', 'product', 'carrier', 'list', 'agrees', 'against'] as const
  return html`
    <details class="ds-details rule">
      <summary>${t('screening.rule.title')}</summary>
      <div>
        <p>${t('screening.rule.sum')}</p>
        <ul>
          ${worth.map(each => html`<li>${t(`screening.rule.${each}`)}</li>`)}
        </ul>
        <dl class="lanes-explained">
          ${lanes.toReversed().map(
            lane => html`
              <dt><${LaneMark} lane=${lane} visit=${{ t }} /></dt>
              <dd>${t(`screening.rule.${lane}`, lanesFrom)}</dd>
            `,
          )}
        </dl>
        <p>${t('screening.rule.code')}</p>
        <p>${t('screening.rule.drill')}</p>
      </div>
    </details>
  `
}
