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

function factsOf({ sightings, burdened, falseAlarms, heldHours }: Figures['burden'], visit: Visit): Fact[] {
  const { t, formats } = visit
  const few = t('flows.burden.few', { least: leastTold })
  const told = (count: number, words: string) => (count < leastTold && count > 0 ? few : words)
  // Both, for the one is what the other leaves.
  const areAlarmsTold = [falseAlarms, burdened - falseAlarms].every(
    count => count === 0 || count >= leastTold,
  )
  const alarms = {
    count: formats.number(falseAlarms),
    share: formats.percent(burdened === 0 ? 0 : falseAlarms / burdened),
  }
  const hours = { sum: formats.number(heldHours.sum), median: formats.number(heldHours.median ?? 0) }
  return [
    [t('flows.burden.burdened'), sightings < leastTold ? few : told(burdened, formats.number(burdened))],
    [t('flows.burden.false'), areAlarmsTold ? t('flows.burden.false.value', alarms) : few],
    [t('flows.burden.held'), told(heldHours.sightings, t('flows.burden.held.value', hours))],
  ]
}
