import { type Filter, type NoticeFacts, type Urgency, urgencies } from '../subscription.ts'

/** How words and names are compared. */
export interface Comparing {
  /** Without case, accents and runs of space. */
  fold: (text: string) => string
  /** Whether two names may be of one party. */
  namesMeet: (one: string, other: string) => boolean
}

type Given = Required<Filter>

/** What each criterion asks of a notice. */
const criteria: {
  [Name in keyof Given]: (asked: Given[Name], facts: NoticeFacts, comparing: Comparing) => boolean
} = {
  types: (asked, { type }) => asked.includes(type),
  goods: (asked, { goods }) => asked.some(item => goods.includes(item)),
  categories: (asked, { categories }) => asked.some(category => categories.includes(category)),
  hs: (asked, { hs }) => asked.some(beginning => hs.some(code => code.startsWith(beginning))),
  countries: (asked, { countries }) => asked.some(country => countries.includes(country)),
  parties: (asked, { names }, { namesMeet }) =>
    asked.some(name => names.some(other => namesMeet(name, other))),
  urgency: (least, { urgency }) => rankOf(urgency) >= rankOf(least),
  text: (asked, { words }, { fold }) =>
    asked.some(text =>
      fold(text)
        .split(' ')
        .every(word => words.includes(word)),
    ),
}

/** Whether all that is given holds; a filter without anything meets every notice. */
export function meets(filter: Filter, facts: NoticeFacts, comparing: Comparing): boolean {
  return (Object.keys(criteria) as (keyof Filter)[]).every(name => holds(name, filter, { facts, comparing }))
}

function holds<Name extends keyof Filter>(
  name: Name,
  filter: Filter,
  { facts, comparing }: { facts: NoticeFacts; comparing: Comparing },
): boolean {
  const asked = filter[name]
  return asked === undefined || criteria[name](asked as Given[Name], facts, comparing)
}

function rankOf(urgency: string | undefined): number {
  return urgencies.indexOf(urgency as Urgency)
}
