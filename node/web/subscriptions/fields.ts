import type { NoticeType } from '#protocol'
import { filterFrom, newSubscriptionForm } from '../../desk/subscription-forms.ts'
import type { Filter, NewSubscription, SubscriptionView } from '../../subscription.ts'

/** Fields of the form: of the filter by their names in it. */
export const lists = ['types', 'categories', 'goods', 'hs', 'countries', 'parties', 'text'] as const
export type ListField = (typeof lists)[number]
export type FieldName = ListField | 'label' | 'urgency' | 'target' | 'url'

/** How several are told apart in one field; those not here are ticked one by one. */
const separators: Partial<Record<ListField, RegExp>> = {
  hs: /[,;\n]+/,
  countries: /[\s,;]+/,
  parties: /\n+/,
  text: /\n+/,
}

export type Read = { isRight: true; wanted: NewSubscription } | { isRight: false; wrong: FieldName[] }

/** What the form says, judged by the same rules as in the API. */
export function readForm(fields: URLSearchParams, types: readonly NoticeType[]): Read {
  const given = {
    label: fields.get('label') ?? '',
    filter: {
      ...Object.fromEntries(lists.flatMap(name => listIn(fields, name))),
      ...(fields.get('urgency') && { urgency: fields.get('urgency') }),
    },
    remarks: fields.has('remarks'),
    matches: fields.has('matches'),
    target:
      fields.get('target') === 'webhook'
        ? { kind: 'webhook', url: fields.get('url')?.trim() }
        : { kind: fields.get('target') },
    ...(fields.get('begin') === 'all' && { after: 0 }),
  }
  const { success, data, error } = newSubscriptionForm(types).safeParse(given)
  if (success) return { isRight: true, wanted: { ...data, filter: filterFrom(data.filter) } }
  return { isRight: false, wrong: [...new Set(error.issues.map(({ path }) => fieldAt(path)))] }
}

/** The form as it stands for a subscription that is there. */
export function fieldsOf({
  label,
  filter,
  remarks,
  matches,
  target,
  version,
}: SubscriptionView): URLSearchParams {
  const fields = new URLSearchParams({ label, target: target.kind, version: String(version) })
  for (const name of lists) {
    const values = filter[name] ?? []
    const separator = separators[name]
    if (separator === undefined) for (const value of values) fields.append(name, value)
    else fields.set(name, values.join(separator.test(',') ? ', ' : '\n'))
  }
  if (filter.urgency) fields.set('urgency', filter.urgency)
  if (remarks) fields.set('remarks', 'yes')
  if (matches) fields.set('matches', 'yes')
  if (target.kind === 'webhook') fields.set('url', target.url)
  return fields
}

function listIn(fields: URLSearchParams, name: ListField): [keyof Filter, string[]][] {
  const separator = separators[name]
  const texts = separator
    ? (fields.get(name) ?? '').replaceAll('\r', '').split(separator)
    : fields.getAll(name)
  const values = texts
    .map(each => (name === 'countries' ? each.trim().toUpperCase() : each.trim()))
    .filter(Boolean)
  return values.length === 0 ? [] : [[name, values]]
}

function fieldAt([first, second]: readonly PropertyKey[]): FieldName {
  if (first === 'filter') return second as FieldName
  if (first === 'target') return second === 'url' ? 'url' : 'target'
  return 'label'
}
