import { goodsList } from '#protocol'
import { noticeStatuses, standings } from '../../desk/desk.ts'
import { ErrorSummary } from '../components/error-summary.ts'
import { type Choice, Select, TextField } from '../components/field.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Visit } from '../visit.ts'
import type { Language } from '../words/languages.ts'
import type { Filters } from './filters.ts'

/** Filters that are looked for less often stand behind a click, unless one of them is set. */
const behind = ['goods', 'hs', 'country', 'standing', 'since'] as const

export function FilterForm({ filters, visit, office }: { filters: Filters; visit: Visit; office: Office }) {
  const { t, words } = visit
  const { written, errors } = filters
  const value = (name: string) => written[name] ?? ''
  const error = (name: string) => {
    const found = errors.find(each => each.name === name)
    return found === undefined ? {} : { error: found.message }
  }
  const members = office.desk.registry().members.members.map(({ id }) => id)
  const isOpen = behind.some(name => written[name] !== undefined)
  return html`
    <form class="filters no-print" action="/notices" role="search" aria-label=${t('notices.filter')}>
      <${ErrorSummary} errors=${errors} visit=${visit} />
      <div class="filter-row">
        <${TextField} name="q" type="search" label=${t('notices.filter.q')} value=${value('q')} />
        <${Select}
          name="type"
          label=${t('notices.filter.type')}
          nothing=${t('notices.filter.any')}
          value=${value('type')}
          choices=${office.desk.types.map(({ name, label }) => ({ value: name, label: words(label) }))}
        />
        <${Select}
          name="issuer"
          label=${t('notices.filter.issuer')}
          nothing=${t('notices.filter.any')}
          value=${value('issuer')}
          choices=${sorted(members.map(id => ({ value: id, label: named(id, visit) })))}
        />
        <${Select}
          name="status"
          label=${t('notices.filter.status')}
          nothing=${t('notices.filter.any')}
          value=${value('status')}
          choices=${noticeStatuses.map(each => ({ value: each, label: words(each) }))}
          ...${error('status')}
        />
      </div>
      <details open=${isOpen}>
        <summary>${t('notices.filter.more')}</summary>
        <div class="filter-row">
          <${Select}
            name="goods"
            label=${t('notices.filter.goods')}
            nothing=${t('notices.filter.any')}
            value=${value('goods')}
            choices=${goodsChoices(visit)}
          />
          <${TextField}
            name="hs"
            label=${t('notices.filter.hs')}
            value=${value('hs')}
            input=${{ inputmode: 'numeric', dir: 'ltr' }}
            ...${error('hs')}
          />
          <${TextField}
            name="country"
            label=${t('notices.filter.country')}
            value=${value('country')}
            input=${{ maxlength: 2, dir: 'ltr', autocapitalize: 'characters' }}
            ...${error('country')}
          />
          <${Select}
            name="standing"
            label=${t('notice.standing')}
            nothing=${t('notices.filter.any')}
            value=${value('standing')}
            choices=${standings.map(each => ({ value: each, label: words(each) }))}
            ...${error('standing')}
          />
          <${TextField}
            name="since"
            type="date"
            label=${t('notices.filter.since')}
            value=${value('since')}
            ...${error('since')}
          />
        </div>
      </details>
      <p class="actions">
        <button class="ds-button" data-variant="secondary" type="submit">${t('notices.filter.show')}</button>
        ${Object.keys(written).length > 0 && html`<a href="/notices">${t('notices.filter.clear')}</a>`}
      </p>
    </form>
  `
}

const madeGoods = new Map<Language, Choice[]>()

/** Every good of both lists by its name: made once for each language. */
function goodsChoices({ language, words }: Visit): Choice[] {
  const made =
    madeGoods.get(language) ??
    sorted(
      [...goodsList.items, ...goodsList.watch].map(({ id, label }) => ({ value: id, label: words(label) })),
    )
  madeGoods.set(language, made)
  return made
}

function named(id: string, { formats }: Visit): string {
  const name = formats.country(id)
  return name === id ? id : `${name} (${id})`
}

function sorted(choices: Choice[]): Choice[] {
  return choices.toSorted((one, other) => one.label.localeCompare(other.label))
}
