import type { Category } from '../channels.ts'
import type { IndexKeys } from '../notice-type.ts'
import type { Parties } from './party.ts'

type Maybe<Value> = Value | undefined

interface Findable {
  goods?: Maybe<
    {
      itemId?: Maybe<string>
      watchId?: Maybe<string>
      category: Category
      hs?: { code: string }
      declared?: { hs: { code: string } }
    }[]
  >
  parties?: Maybe<Parties>
  hs?: Maybe<string>[]
  countries?: Maybe<string>[]
  references?: Maybe<string>[]
}

/** What the store finds a notice by, each key once. */
export function indexKeys({
  goods = [],
  parties = {},
  hs = [],
  countries = [],
  references = [],
}: Findable): IndexKeys {
  return {
    category: unique(goods.map(one => one.category)),
    goods: unique(goods.flatMap(one => [one.itemId, one.watchId])),
    hs: unique([...goods.flatMap(one => [one.hs?.code, one.declared?.hs.code]), ...hs]),
    country: unique([...countries, ...Object.values(parties).map(party => party.country)]),
    reference: unique(references),
  }
}

function unique<Value>(values: Maybe<Value>[]): Value[] {
  return [...new Set(values.filter(value => value !== undefined))]
}
