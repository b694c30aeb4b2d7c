import type { Answers } from '../../../desk/drafting.ts'
import { isAnswered, isScalar, membersAt } from './answers.ts'
import { isAsked, isUsual } from './asked.ts'
import { type Field, fieldAt, type Group } from './describe.ts'
import { below, isWithin, stepsOf } from './pointer.ts'

/** What a page sent takes the place of what was answered on it before; what it does not ask stays. */
export function saved(answers: Answers, sent: Answers, places: readonly string[]): Answers {
  const isHere = (name: string) => places.some(place => isWithin(name, place))
  const stays = Object.entries(answers).filter(
    ([name]) => !isHere(name) || !stepsOf(name).every(step => isAsked(step)),
  )
  const comes = Object.entries(sent).filter(([name]) => isHere(name))
  return Object.fromEntries([...stays, ...comes])
}

/** With one more entry in the list, or under this key in the record. */
export function added(answers: Answers, form: Group, at: string, key?: string): Answers {
  const field = fieldAt(form, stepsOf(at))
  if (field?.kind !== 'list' && field?.kind !== 'keyed') return answers
  const held = membersAt(answers, at)
  const name =
    field.kind === 'list' ? String(numbersAt(answers, at).length) : newKey(field.keyKind, held, key)
  if (name === undefined) return answers
  const isRole = field.kind === 'keyed' && isChosenByRole(field)
  return { ...answers, [firstInput(field.item, below(at, name))]: [isRole && key ? key : ''] }
}

/** Without this entry; those after it move up. */
export function removed(answers: Answers, at: string): Answers {
  const number = Number(stepsOf(at).at(-1))
  const list = at.slice(0, at.lastIndexOf('/'))
  const left = Object.entries(answers).filter(([name]) => !isWithin(name, at))
  if (!Number.isSafeInteger(number)) return Object.fromEntries(left.filter(([name]) => !isNameOf(name, at)))
  return Object.fromEntries(
    left.map(([name, texts]) => {
      const [own = '', ...rest] = name.startsWith(`${list}/`) ? name.slice(list.length + 1).split('/') : []
      return Number(own) > number ? [[list, Number(own) - 1, ...rest].join('/'), texts] : [name, texts]
    }),
  )
}

/** Entries of lists of single words close up, so that they keep the numbers of what is told about them. */
export function compacted(answers: Answers, form: Group): Answers {
  const made: Record<string, readonly string[]> = {}
  for (const [name, texts] of Object.entries(answers)) {
    const list = name.slice(0, name.lastIndexOf('/'))
    const field = fieldAt(form, stepsOf(list))
    if (field?.kind !== 'list' || !isScalar(field.item)) made[name] = texts
  }
  const lists = new Set(Object.keys(answers).map(name => name.slice(0, name.lastIndexOf('/'))))
  for (const list of lists) {
    const field = fieldAt(form, stepsOf(list))
    if (field?.kind !== 'list' || !isScalar(field.item)) continue
    const texts = numbersAt(answers, list).flatMap(number => answers[below(list, number)] ?? [])
    for (const [number, text] of texts.filter(one => one !== '').entries()) made[below(list, number)] = [text]
  }
  return made
}

/** Without entries of lists in which nothing was written; one stays where one is needed. */
export function withoutBlanks(answers: Answers, form: Group): Answers {
  let left = answers
  for (const at of listsIn(form, answers, '').reverse()) {
    const list = fieldAt(form, stepsOf(at))
    if (list?.kind !== 'list') continue
    for (const number of numbersAt(left, at).reverse()) {
      const isNeeded = list.least > 0 && numbersAt(left, at).length <= 1
      if (!isNeeded && isBlank(left, below(at, number))) left = removed(left, below(at, number))
    }
  }
  return left
}

/** Lists of groups, outer before inner. */
function listsIn(field: Field, answers: Answers, at: string): string[] {
  if (field.kind === 'group')
    return field.fields.flatMap(each => listsIn(each, answers, below(at, each.name)))
  if (field.kind === 'keyed')
    return membersAt(answers, at).flatMap(key => listsIn(field.item, answers, `${at}/${key}`))
  if (field.kind !== 'list' || isScalar(field.item)) return []
  return [at, ...numbersAt(answers, at).flatMap(each => listsIn(field.item, answers, below(at, each)))]
}

/** What the program offers by itself is nothing that somebody wrote. */
function isBlank(answers: Answers, at: string): boolean {
  return !Object.entries(answers).some(
    ([name, texts]) =>
      isWithin(name, at) && texts.some(Boolean) && !isUsual(stepsOf(name).at(-1) ?? '', texts[0] ?? ''),
  )
}

export function numbersAt(answers: Answers, at: string): number[] {
  return membersAt(answers, at)
    .map(Number)
    .filter(Number.isSafeInteger)
    .sort((one, other) => one - other)
}

/** "consignee", and "consignee-2" for the next; a language only once. */
function newKey(kind: 'text' | 'language', held: readonly string[], wanted = ''): string | undefined {
  if (wanted === '') return undefined
  if (kind === 'language') return held.includes(wanted) ? undefined : wanted
  const keys = [wanted, ...Array.from({ length: 50 }, (_, number) => `${wanted}-${number + 2}`)]
  return keys.find(key => !held.includes(key))
}

/** Whether the entries of a record are told apart by the first thing that is asked of each. */
function isChosenByRole({ item }: Extract<Field, { kind: 'keyed' }>): boolean {
  return item.kind === 'group' && item.fields[0]?.kind === 'one-of'
}

/** The names of a party go with it. */
function isNameOf(name: string, party: string): boolean {
  const [, , key] = stepsOf(party)
  return party === below('/body/parties', key ?? '') && isWithin(name, below('/nominal', key ?? ''))
}

function firstInput(item: Field, at: string): string {
  if (item.kind === 'group') {
    const [first] = item.fields.filter(({ name }) => isAsked(name))
    return first === undefined ? at : firstInput(first, below(at, first.name))
  }
  return item.kind === 'list' ? firstInput(item.item, below(at, 0)) : at
}

/** Without the names that nobody gave, and whom they would have been for. */
export function withoutEmptyNames(answers: Answers): Answers {
  const named = membersAt(answers, '/nominal').filter(key => isAnswered(answers, `/nominal/${key}`))
  const isNamed = (name: string) => named.some(key => isWithin(name, `/nominal/${key}`))
  return Object.fromEntries(
    Object.entries(answers).filter(([name]) => {
      if (name.startsWith('/nominal/')) return isNamed(name)
      return named.length > 0 || !isWithin(name, '/parts/nominal')
    }),
  )
}
