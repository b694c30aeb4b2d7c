import type { Published } from '../../desk/figures/published.ts'
import { type Choice, Select } from '../components/field.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import { categoriesIn, type Filters } from './filters.ts'
import { countryWords, goodsWords } from './words.ts'

export interface FiltersFormOf {
  published: Published
  filters: Filters
  visit: Visit
}

/** What is chosen stands in the address, so that it can be kept and sent. */
export function FiltersForm({ published, filters, visit }: FiltersFormOf) {
  const { t, words, formats, url } = visit
  const options = (values: readonly string[], text: (value: string) => string): Choice[] =>
    values.map(value => ({ value, label: text(value) }))
  const months = options(published.values('month'), formats.month)
  const choices: [keyof Filters, Choice[]][] = [
    ['goods', options(published.values('goods'), item => goodsWords(item, visit))],
    ['category', options(categoriesIn(published), words)],
    ['from', options(published.values('from'), code => countryWords(code, visit))],
    ['to', options(published.values('to'), code => countryWords(code, visit))],
    ['since', months],
    ['until', months],
  ]
  const isFiltered = Object.keys(filters).length > 0
  const isDrills = url.searchParams.get('drills') === 'yes'
  return html`
    <form class="flow-filters" method="get" action="/flows" aria-label=${t('flows.filter.title')}>
      ${isDrills && html`<input type="hidden" name="drills" value="yes" />`}
      ${choices.map(
        ([name, values]) => html`
          <${Select}
            name=${name}
            label=${t(`flows.filter.${name}`)}
            choices=${values}
            value=${filters[name] ?? ''}
            nothing=${t('flows.filter.all')}
          />
        `,
      )}
      <p class="actions">
        <button class="ds-button" type="submit">${t('flows.filter.show')}</button>
        ${isFiltered && html`<a href=${isDrills ? '/flows?drills=yes' : '/flows'}>${t('flows.filter.clear')}</a>`}
      </p>
    </form>
  `
}
