import type { Figures } from '../../desk/figures/count.ts'
import { type Fact, Facts } from '../components/facts.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { leastTold } from './published.ts'

/** What looking has cost trade; what rests on too few cases is not told. */
export function Burden({ burden, visit }: { burden: Figures['burden']; visit: Visit }) {
  const { t } = visit
  return html`
    <h2>${t('flows.burden.title')}</h2>
    <p class="quiet">${t('flows.burden.about')}</p>
    <${Facts} facts=${factsOf(burden, visit)} />
  `
}

/** Steps in which sums are told: one more sighting does not show in them. */
const countStep = 5
const hourStep = 10

function factsOf({ sightings, burdened, falseAlarms, heldHours }: Figures['burden'], visit: Visit): Fact[] {
  const { t, formats } = visit
  const few = t('flows.burden.few', { least: leastTold })
  const about = (value: number, step: number) =>
    t('flows.burden.least', { count: formats.number(Math.max(leastTold, Math.floor(value / step) * step)) })
  const told = (count: number) =>
    count < leastTold ? (count === 0 ? formats.number(0) : few) : about(count, countStep)
  const hours = {
    sum: about(heldHours.sum, hourStep),
    median: formats.number(heldHours.median ?? 0),
  }
  return [
    [t('flows.burden.burdened'), sightings < leastTold ? few : told(burdened)],
    // Both, for the one is what the other leaves.
    [
      t('flows.burden.false'),
      falseAlarms > 0 && burdened - falseAlarms < leastTold ? few : told(falseAlarms),
    ],
    [t('flows.burden.held'), heldHours.sightings < leastTold ? few : t('flows.burden.held.value', hours)],
  ]
}
