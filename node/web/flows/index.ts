import type { Figures } from '../../desk/figures/count.ts'
import { leastTold } from '../../desk/figures/working-out.ts'
import { Empty } from '../components/empty.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import { type Page, type Route, readers } from '../route.ts'
import type { Visit } from '../visit.ts'
import { Burden } from './burden.ts'
import { figureOf, filtersIn } from './filters.ts'
import { FiltersForm } from './form.ts'
import { RouteMap } from './map.ts'
import { RoutesTable } from './routes-table.ts'
import { Series } from './series.ts'
import { sightingsWords } from './words.ts'

export function flowRoutes({ desk }: Office): Route[] {
  return [{ path: '/flows', access: readers, show: async visit => flowsPage(await desk.figures(), visit) }]
}

type Shown = Pick<Figures, 'flows' | 'burden'>

/** Real sightings and drills never meet in one figure. */
export function flowsPage(figures: Shown & { exercises: Shown }, visit: Visit): Page {
  const { t, url } = visit
  const hasReal = isAny(figures)
  const hasDrills = isAny(figures.exercises)
  const isDrill = !hasReal ? hasDrills : hasDrills && url.searchParams.get('drills') === 'yes'
  const content = html`
    <h1>${t('flows.title')}</h1>
    <p class="lead">${t('flows.lead')}</p>
    ${
      isDrill &&
      html`
        <h2>${t('flows.drills.title')}</h2>
        <p>${t(hasReal ? 'flows.drills.only' : 'flows.drills.why')}</p>
      `
    }
    ${
      hasReal &&
      hasDrills &&
      html`<p><a href=${isDrill ? '/flows' : '/flows?drills=yes'}>${t(isDrill ? 'flows.drills.real' : 'flows.drills.show')}</a></p>`
    }
    ${
      hasReal || hasDrills
        ? html`<${Flows} figures=${isDrill ? figures.exercises : figures} isDrill=${isDrill} visit=${visit} />`
        : html`<${Empty} why=${t('flows.empty')} />`
    }
  `
  return { title: t('flows.title'), within: '/flows', content }
}

function Flows({ figures, isDrill, visit }: { figures: Shown; isDrill: boolean; visit: Visit }) {
  const { t } = visit
  const { flows: published, burden } = figures
  const filters = filtersIn(visit, published)
  const shown = { published, filters, visit }
  const total = figureOf({}, filters, published)
  return html`
    <${FiltersForm} ...${shown} />
    ${
      total === undefined
        ? html`<${Empty} why=${t('flows.nothing')} />`
        : html`
          <p class="total">${t('flows.total', { figure: sightingsWords(total, visit) })}</p>
          <h2>${t('flows.table.title')}</h2>
          <${RoutesTable} ...${shown} />
          <details id="suppressed">
            <summary>${t('flows.suppressed.title')}</summary>
            <p>${t('flows.suppressed', { least: leastTold })}</p>
          </details>
          <h2>${t('flows.series.title')}</h2>
          <${Series} ...${shown} />
          <h2>${t('flows.map.title')}</h2>
          <${RouteMap} ...${shown} isDrill=${isDrill} />
        `
    }
    <${Burden} burden=${burden} visit=${visit} />
  `
}

function isAny({ flows }: Shown): boolean {
  return flows.values('month').length > 0
}
