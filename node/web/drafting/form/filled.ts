import { categoryOf, findGoods, findNoticeType, isObject, type JsonObject, type NoticeType } from '#protocol'
import type { Answers } from '../../../desk/drafting.ts'
import { entriesAt, isAnswered, valueIn } from './answers.ts'
import { usualByName } from './asked.ts'
import { type Field, formOf, type Group } from './describe.ts'
import { withoutEmptyNames } from './edit.ts'
import { below } from './pointer.ts'

export interface Filling {
  type: NoticeType
  types: readonly NoticeType[]
  /** Today, YYYY-MM-DD. */
  day: string
}

/** Clock profile: personal data goes after 5 years, the rest after 10. */
const keptYears = { body: 10, nominal: 5 }

/** Answers with all that the program can fill in, and the draft that they make. */
export function filled(
  given: Answers,
  filling: Filling,
): { answers: Answers; form: Group; value: JsonObject } {
  const { type, types, day } = filling
  const form = formOf(type, { body: { targetType: given['/body/targetType']?.[0] } }, types)
  const named = withoutEmptyNames(given)
  const usual = { ...usualIn(form, named, ''), ...keptUntil(named, day), ...named }
  const suggested = withSuggestions(usual, { ...filling, form })
  const answers = withReadersNeeded(withCategories(suggested))
  return { answers, form, value: (valueIn(answers, form) ?? {}) as JsonObject }
}

/** Of every entry of a list of goods that is there, and of every code. */
function usualIn(field: Field, answers: Answers, at: string): Answers {
  if (field.kind === 'group') {
    if (field.isOptional && !isAnswered(answers, at)) return {}
    return Object.assign({}, ...field.fields.map(each => usualIn(each, answers, below(at, each.name))))
  }
  if (field.kind === 'list')
    return Object.assign(
      {},
      ...[...entriesAt(answers, at)]
        .filter(([name]) => Number.isSafeInteger(Number(name)))
        .map(([name, within]) => usualIn(field.item, within, `${at}/${name}`)),
    )
  const usual = usualByName[field.name]
  return usual === undefined || field.isOptional ? {} : { [at]: [usual] }
}

function keptUntil(answers: Answers, day: string): Answers {
  const lastDay = (years: number) => `${Number(day.slice(0, 4)) + years}-12-31`
  const isNamed = isAnswered(answers, '/nominal')
  return {
    '/parts/body/until': [lastDay(keptYears.body)],
    ...(isNamed && { '/parts/nominal/until': [lastDay(keptYears.nominal)] }),
  }
}

/** A type's own suggestions, also for the body that a correction holds. */
function withSuggestions(answers: Answers, { type, types, day, form }: Filling & { form: Group }): Answers {
  const value = valueIn(answers, form)
  const body = isObject(value) && isObject(value.body) ? value.body : {}
  const inner = typeof body.targetType === 'string' ? findNoticeType(body.targetType, types) : undefined
  const replacement = isObject(body.replacement) ? body.replacement : {}
  const bodies = [{ type, body, at: '/body' }]
  if (inner) bodies.push({ type: inner, body: replacement, at: '/body/replacement' })
  const suggested = bodies.map(each => ({ at: each.at, ...each.type.suggest?.(each.body, { day }) }))
  return Object.assign(
    {},
    ...suggested.map(({ usual = {}, at }) => placed(usual, at)),
    answers,
    ...suggested.map(({ fixed = {}, at }) => placed(fixed, at)),
  )
}

function placed(suggested: { [pointer: string]: string }, at: string): Answers {
  return Object.fromEntries(Object.entries(suggested).map(([pointer, text]) => [at + pointer, [text]]))
}

/** The list says in which category its goods are. */
function withCategories(answers: Answers): Answers {
  const categories = Object.entries(answers).flatMap(([name, [id = '']]) => {
    const [, place] = /^(.*\/goods\/\d+)\/(?:itemId|watchId)$/.exec(name) ?? []
    const category = findGoods(id) && categoryOf(id)
    return place === undefined || category === undefined ? [] : [[`${place}/category`, [category]] as const]
  })
  return { ...answers, ...Object.fromEntries(categories) }
}

/** Readers are named exactly when a part is for them. */
function withReadersNeeded(answers: Answers): Answers {
  const isForNamed = ['body', 'nominal'].some(part => answers[`/parts/${part}/to`]?.[0] === 'named')
  if (isForNamed) return answers
  return Object.fromEntries(Object.entries(answers).filter(([name]) => !name.startsWith('/readers')))
}
