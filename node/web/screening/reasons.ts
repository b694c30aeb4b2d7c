import { findGoods } from '#protocol'
import type { Consignment, Reason } from '../../consignment.ts'
import { revealed } from '../components/revealed.ts'
import { html } from '../html.ts'
import type { Visit } from '../visit.ts'
import type { MessageKey } from '../words/messages.ts'

/** What of a consignment a reason speaks of; the first that fits. */
const fields: readonly (readonly [RegExp, MessageKey])[] = [
  [/^\/parties\/\d+\/aliases/, 'screening.field.alias'],
  [/^\/parties\/\d+\/ids/, 'screening.field.number'],
  [/^\/parties\/\d+\/role$/, 'screening.field.role'],
  [/^\/parties\/\d+\/country$/, 'screening.field.country'],
  [/^\/parties\/\d+/, 'screening.field.name'],
  [/^\/hs/, 'screening.field.code'],
  [/^\/destination/, 'screening.field.destination'],
  [/^\/transport/, 'screening.field.transport'],
  [/^\/reference/, 'screening.field.reference'],
  [/^\/description/, 'screening.field.description'],
]

/** Each field of the consignment that meets something: which, how near, and in words. */
export function Reasons({
  reasons,
  consignment,
  visit,
}: {
  reasons: readonly Reason[]
  consignment: Consignment
  visit: Visit
}) {
  return html`
    <ul class="reasons">
      ${reasons.map(
        reason => html`
          <li>
            <strong>${fieldWords(reason.field, consignment, visit)}</strong>
            <span class="near">${nearnessWords(reason, visit)}</span>
            <span class="reason-words">${reasonWords(reason, visit)}</span>
          </li>
        `,
      )}
    </ul>
  `
}

function fieldWords(field: string, { parties = [] }: Consignment, { t, words }: Visit): string {
  const [, key] = fields.find(([pattern]) => pattern.test(field)) ?? [undefined, undefined]
  if (key === undefined) return field
  const [, place] = /^\/parties\/(\d+)/.exec(field) ?? []
  const role = place === undefined ? undefined : parties[Number(place)]?.role
  return t(key, { role: role === undefined ? t('screening.party') : words(role) })
}

/** "the same", "94 % alike", "speaks against it". */
function nearnessWords({ nearness }: Reason, { t, formats }: Visit): string {
  if (nearness >= 1) return t('screening.near.same')
  if (nearness <= 0) return t('screening.near.other')
  return t('screening.near.alike', { percent: formats.percent(Math.floor(nearness * 100) / 100) })
}

/** The reason in the reader's language; whatever comes from outside is isolated in it. */
export function reasonWords({ code, values }: Reason, { t, words, formats }: Visit): string {
  const spoken: Record<string, (value: string) => string> = {
    role: words,
    scheme: value => value.toUpperCase(),
    country: formats.country,
    destination: formats.country,
    item: value => words(findGoods(value)?.label ?? value),
    goods: words,
    kind: value => value,
    percent: value => value,
    how: value => pairWords(value, { t, formats }),
  }
  // In "other-country" it is a country, elsewhere a code.
  if (code === 'other-country') spoken.other = formats.country
  const plain = ['kind', 'percent', 'how']
  const said = Object.entries(values).map(([name, value]) => {
    const told = spoken[name]?.(value) ?? revealed(value)
    return [name, plain.includes(name) ? told : `\u2068${told}\u2069`]
  })
  return t(`reason.${code}`, Object.fromEntries(said))
}

/** `"one" for "other", "more" for "others"`, which is how the node says in what two names differ. */
function pairWords(how: string, { t, formats }: Pick<Visit, 't' | 'formats'>): string {
  const pairs = [...how.matchAll(/"([^"]*)" for "([^"]*)"/g)].map(([, one = '', other = '']) =>
    t('reason.near-name.pair', { one: isolated(one), other: isolated(other) }),
  )
  return pairs.length === 0 ? isolated(how) : formats.list(pairs)
}

function isolated(text: string): string {
  return `\u2068${revealed(text)}\u2069`
}
