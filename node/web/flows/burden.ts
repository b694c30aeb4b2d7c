import type { Figures } from '../../desk/figures/count.ts'
import type { Figure } from '../../desk/figures/hiding.ts'
import { leastTold } from '../../desk/figures/working-out.ts'
import { type Fact, Facts } from '../components/facts.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { figureWords } from './words.ts'

/** What looking has cost trade; what rests on too few cases is not told. */
export function Burden({ burden, visit }: { burden: Figures['burden']; visit: Visit }) {
  const { t } = visit
  return html`
    <h2>${t('flows.burden.title')}</h2>
    <p class="quiet">${t('flows.burden.about')}</p>
    <${Facts} facts=${factsOf(burden, visit)} />
  `
}

function factsOf({ burdened, falseAlarms, heldHours }: Figures['burden'], visit: Visit): Fact[] {
  const { t, formats } = visit
  const few = t('flows.burden.few', { least: leastTold })
  const told = (figure: Figure) => (figure.kind === 'few' ? few : figureWords(figure, visit))
  return [
    [t('flows.burden.burdened'), told(burdened)],
    [t('flows.burden.false'), told(falseAlarms)],
    [
      t('flows.burden.held'),
      heldHours === undefined
        ? few
        : t('flows.burden.held.value', {
            sum: told(heldHours.sum),
            median: formats.number(heldHours.median),
          }),
    ],
  ]
}
