import { FocalpointError, isObject, type JsonObject } from '#protocol'
import type { NoticeView } from '../../desk/desk.ts'
import { Code, Country, Written } from '../components/code.ts'
import { NoticeTags, summaryOf } from '../components/notice-line.ts'
import { revealed } from '../components/revealed.ts'
import { html, type Markup } from '../html.ts'
import type { Office } from '../office.ts'
import type { Page } from '../route.ts'
import type { MemberVisit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'
import { Card, CardPart } from './card.ts'
import { spaced } from './codes.ts'

/** Field of the identification → what it is called. */
const marks: readonly (readonly [field: string, label: MessageKey])[] = [
  ['visualMarks', 'products.marks'],
  ['dimensions', 'products.dimensions'],
  ['packaging', 'products.packaging'],
  ['labels', 'products.labels'],
  ['xrayHint', 'products.xray'],
  ['lookalikes', 'products.lookalikes'],
]

/** Of what is to be looked out for: how to recognise it, as its issuer says. Throws `not-found` for other notices. */
export async function alertCard(visit: MemberVisit, { desk }: Office): Promise<Page> {
  const id = visit.params.id ?? ''
  const view = await desk.notices.find(id, { nominal: false })
  const type = desk.types.find(({ name }) => name === view?.type)
  if (view === undefined || type?.intelligence !== 'lookout') {
    throw new FocalpointError(
      'not-found',
      'There is no card for this notice: only product alerts have one.',
      {
        what: 'card',
        id,
      },
    )
  }
  return {
    title: visit.t('products.card.title', { name: visit.words(view.label) }),
    within: '/products',
    content: html`
      <${Card}
        name=${summaryOf(view, visit, desk.types)}
        english=${visit.language === 'en' ? undefined : revealed(view.summary)}
        kind=${html`${visit.words(view.label)} · <${Country} code=${view.issuer} visit=${visit} /> <${NoticeTags} view=${view} visit=${visit} />`}
        address=${`/notices/${encodeURIComponent(id)}`}
        visit=${visit}
      >
        <${Recognised} view=${view} visit=${visit} />
      <//>
    `,
  }
}

function Recognised({ view, visit }: { view: NoticeView; visit: MemberVisit }) {
  const { t } = visit
  if (view.body === undefined) return html`<p>${t('products.card.erased')}</p>`
  const {
    designAndCharacteristics,
    identification,
    hsLikely,
    suggestedAction,
    productName,
    brandNames,
    cardText,
  } = view.body
  const seen = isObject(identification) ? identification : {}
  const names = [...new Set([...textsIn(productName), ...textsIn(brandNames)])]
  const { text, language } = inLanguage(cardText, visit.language)
  return html`
    ${text !== undefined && html`<p class="card-text"><${Written} language=${language}>${revealed(text)}<//></p>`}
    <${CardPart} title=${t('products.recognise')}>
      ${textsIn(designAndCharacteristics).map(each => html`<p><${Written}>${revealed(each)}<//></p>`)}
      <dl class="facts">
        ${marks.map(([field, label]) => {
          const texts = textsIn(seen[field])
          return texts.length > 0 && html`<dt>${t(label)}</dt><dd><${Several} texts=${texts} /></dd>`
        })}
        ${names.length > 0 && html`<dt>${t('products.sold')}</dt><dd><${Several} texts=${names} /></dd>`}
        <${LikelyCodes} likely=${hsLikely} visit=${visit} />
      </dl>
    <//>
    <${CardPart} title=${t('products.card.do')}>
      ${textsIn(suggestedAction).map(each => html`<p><${Written}>${revealed(each)}<//></p>`)}
      <p>${t('products.do.alert')}</p>
    <//>
  `
}

function Several({ texts }: { texts: readonly string[] }): Markup {
  return texts.map((text, at) => html`${at > 0 && ' · '}<${Written}>${revealed(text)}<//>`)
}

function LikelyCodes({ likely, visit }: { likely: JsonObject[string] | undefined; visit: MemberVisit }) {
  const codes = (Array.isArray(likely) ? likely : []).flatMap(each =>
    isObject(each) && typeof each.code === 'string' ? [each.code] : [],
  )
  if (codes.length === 0) return null
  return html`
    <dt>${visit.t('products.likely')}</dt>
    <dd>${codes.map((code, at) => html`${at > 0 && visit.formats.comma}<${Code}>ex ${spaced(code)}<//>`)}</dd>
  `
}

function textsIn(value: JsonObject[string] | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter(each => typeof each === 'string')
}

/** In the reader's language, else in English, else in whichever it has. */
function inLanguage(
  texts: JsonObject[string] | undefined,
  wanted: string,
): { text?: string; language?: string } {
  if (!isObject(texts)) return {}
  const [language] = [wanted, 'en', ...Object.keys(texts)].filter(each => typeof texts[each] === 'string')
  return language === undefined ? {} : { language, text: String(texts[language]) }
}
