import { categories, type Goods, goodsList } from '#protocol'
import { urgencies } from '../../subscription.ts'
import { ErrorSummary, type WrongField } from '../components/error-summary.ts'
import { Choices, fieldId, Select, TextArea, TextField } from '../components/field.ts'
import { html } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { MemberVisit, Visit } from '../visit.ts'

export interface FormOf {
  title: string
  fields: URLSearchParams
  errors?: readonly WrongField[]
  isNew: boolean
  back?: string
}

/** What to be told of, and where to: one form for a new one and for a change. */
export function formPage(
  { desk: { types } }: Office,
  visit: MemberVisit,
  { title, fields, errors = [], isNew, back = '/subscriptions' }: FormOf,
): Page {
  const { t, words } = visit
  const of = (name: string) => {
    const error = errors.find(each => each.name === name)?.message
    return { name, value: fields.get(name) ?? '', ...(error !== undefined && { error }) }
  }
  const ticked = (name: string) => ({ ...of(name), kind: 'checkbox' as const, values: fields.getAll(name) })
  const { version } = Object.fromEntries(fields)
  return {
    title,
    within: '/subscriptions',
    status: errors.length > 0 ? 422 : 200,
    content: html`
      <h1>${title}</h1>
      <${ErrorSummary} errors=${errors} visit=${visit} />
      <form method="post">
        ${version && html`<input type="hidden" name="version" value=${version} />`}
        <${TextField}
          ...${of('label')}
          label=${t('subscriptions.label')}
          description=${t('subscriptions.label-about')}
          input=${{ maxlength: 200, autocomplete: 'off' }}
        />
        <h2>${t('subscriptions.filter')}</h2>
        <p>${t('subscriptions.filter-about')}</p>
        <${Choices}
          ...${ticked('types')}
          label=${t('subscriptions.types')}
          choices=${types.map(({ name, label }) => ({ value: name, label: words(label) }))}
        />
        <${Select}
          ...${of('urgency')}
          label=${t('subscriptions.urgency')}
          description=${t('subscriptions.urgency-about')}
          nothing=${t('subscriptions.urgency-any')}
          choices=${urgencies.map(value => ({ value, label: words(value) }))}
        />
        <${Choices}
          ...${ticked('categories')}
          label=${t('subscriptions.categories')}
          choices=${categories.map(value => ({ value, label: words(value) }))}
        />
        <${GoodsChoice} fields=${fields} visit=${visit} error=${of('goods').error} />
        <${TextField} ...${of('hs')} label=${t('subscriptions.hs')} description=${t('subscriptions.hs-about')} />
        <${TextField}
          ...${of('countries')}
          label=${t('subscriptions.countries')}
          description=${t('subscriptions.countries-about')}
        />
        <${TextArea}
          ...${of('parties')}
          label=${t('subscriptions.parties')}
          description=${t('subscriptions.parties-about')}
          input=${{ rows: 3 }}
        />
        <${TextArea}
          ...${of('text')}
          label=${t('subscriptions.text')}
          description=${t('subscriptions.text-about')}
          input=${{ rows: 3 }}
        />
        <${Also} fields=${fields} visit=${visit} />
        <h2>${t('subscriptions.target')}</h2>
        ${
          isNew &&
          html`<${Choices} ...${{ ...of('target'), kind: 'radio', values: fields.getAll('target') }}
          label=${t('subscriptions.where')}
          choices=${[
            { value: 'feed', label: t('subscriptions.feed'), description: t('subscriptions.feed-about') },
            {
              value: 'webhook',
              label: t('subscriptions.webhook'),
              description: t('subscriptions.webhook-about'),
            },
          ]}
        />`
        }
        ${
          (isNew || fields.get('target') === 'webhook') &&
          html`<${TextField}
            ...${of('url')}
            label=${t('subscriptions.url')}
            description=${t('subscriptions.url-about')}
            input=${{ dir: 'ltr', inputmode: 'url', autocomplete: 'off' }}
          />`
        }
        ${
          isNew &&
          html`<${Choices}
            ...${{ ...of('begin'), kind: 'radio', values: fields.getAll('begin') }}
            label=${t('subscriptions.begin')}
            choices=${[
              { value: 'now', label: t('subscriptions.begin-now') },
              { value: 'all', label: t('subscriptions.begin-all') },
            ]}
          />`
        }
        <div class="actions">
          <button class="ds-button" type="submit">${t(isNew ? 'subscriptions.create' : 'subscriptions.save')}</button>
          <a href=${back}>${t('form.no')}</a>
        </div>
      </form>
    `,
  }
}

/** By their plain names, folded by category: what is ticked is counted in the fold. */
function GoodsChoice({
  fields,
  visit: { t, words },
  error,
}: {
  fields: URLSearchParams
  visit: Visit
  error?: string
}) {
  const chosen = fields.getAll('goods')
  const lots: [string, readonly Goods[]][] = [
    ...categories.map((category): [string, readonly Goods[]] => [
      words(category),
      goodsList.items.filter(item => item.category === category),
    ]),
    [t('subscriptions.goods-watch'), goodsList.watch],
  ]
  return html`
    <details class="ds-details folds" id=${fieldId('goods')} open=${chosen.length > 0 || error !== undefined}>
      <summary>${t('subscriptions.goods-choose', { count: chosen.length })}</summary>
      <div>
        ${error && html`<p class="ds-validation-message">${error}</p>`}
        ${lots.map(
          ([label, goods], at) => html`
            <${Choices}
              name="goods"
              id=${`goods-${at}`}
              label=${label}
              kind="checkbox"
              values=${chosen}
              choices=${goods.map(each => ({ value: each.id, label: words(each.label) }))}
            />
          `,
        )}
      </div>
    </details>
  `
}

function Also({ fields, visit: { t } }: { fields: URLSearchParams; visit: Visit }) {
  const also = [
    { name: 'remarks', label: t('subscriptions.remarks'), about: t('subscriptions.remarks-about') },
    { name: 'matches', label: t('subscriptions.matches'), about: undefined },
  ]
  return html`
    <fieldset class="ds-fieldset field">
      <legend class="ds-label" data-weight="medium">${t('subscriptions.also')}</legend>
      ${also.map(
        ({ name, label, about }) => html`
          <div class="choice">
            <input class="ds-input" type="checkbox" id=${fieldId(name)} name=${name} value="yes" checked=${fields.has(name)} />
            <label for=${fieldId(name)}>${label}</label>
            ${about && html`<p class="quiet">${about}</p>`}
          </div>
        `,
      )}
    </fieldset>
  `
}
