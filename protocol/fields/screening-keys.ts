import type { Located, ScreeningKeys } from '../notice-type.ts'

type Maybe<Value> = Value | undefined

interface Screened {
  until?: Maybe<string>
  isHarmless?: boolean
  goods?: {
    itemId?: Maybe<string>
    watchId?: Maybe<string>
    hs?: { code: string }
    declared?: { hs: { code: string } }
    brand?: Maybe<string>
    model?: Maybe<string>
  }[]
  hs?: Maybe<Located>[]
  products?: Maybe<Located>[]
  destinations?: Maybe<Located>[]
  carriers?: Maybe<Located>[]
}

/** What consignments are held against, from the fields of a body: what its goods say, and what else is given. */
export function screeningKeys({
  until,
  isHarmless = false,
  goods = [],
  hs = [],
  products = [],
  destinations = [],
  carriers = [],
}: Screened): ScreeningKeys {
  const ofGoods = goods.map((good, at) => ({ ...good, place: `/goods/${at}` }))
  return {
    ...(until !== undefined && { until }),
    ...(isHarmless && { isHarmless }),
    items: given(
      ofGoods.flatMap(({ itemId, watchId, place }) => [
        located(`${place}/itemId`, itemId),
        located(`${place}/watchId`, watchId),
      ]),
    ),
    hs: given([
      ...ofGoods.flatMap(({ hs, declared, place }) => [
        located(`${place}/hs/code`, hs?.code),
        located(`${place}/declared/hs/code`, declared?.hs.code),
      ]),
      ...hs,
    ]),
    products: given([
      ...ofGoods.map(({ brand, model, place }) =>
        located(`${place}/brand`, brand === undefined ? undefined : [brand, model].join(' ').trim()),
      ),
      ...products,
    ]),
    destinations: given(destinations),
    carriers: given(carriers),
  }
}

/** A value and where it stands, or nothing where there is none. */
export function located(at: string, value: Maybe<string>): Maybe<Located> {
  return value === undefined ? undefined : { at, value }
}

function given(values: Maybe<Located>[]): Located[] {
  return values.filter(value => value !== undefined)
}
