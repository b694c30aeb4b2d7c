import { isObject, type Json, type Located } from '#protocol'
import { type PhraseFound, PhraseIndex } from './goods/phrase-index.ts'
import type { KnownNotice } from './known-notice.ts'
import { type NameFound, NameIndex } from './names/name-index.ts'
import { wordsOf } from './names/words.ts'

/** A value of a notice, and where in it that stands. */
export interface Place {
  notice: KnownNotice
  /** JSON Pointer into the notice: `/body/goods/0/itemId`. */
  at: string
  value: string
}

/** A party of a notice under one of its names or numbers. */
export interface PartyPlace extends Place {
  role: string | undefined
  country: string | undefined
}

/** Of one notice: a part of 96 KiB could hold thousands, and every screening would be the slower for it. */
const partiesMost = 100
/** Of each sort, for one name. */
const noticesMost = 20
const aliasesMost = 20
const productsMost = 50

/** The notices that consignments are held against, by all that a consignment can meet. */
export class NoticeIndex {
  /** Apart from each other, so that no drill and nothing harmless takes the place of what counts. */
  readonly #names = {
    counting: new NameIndex<PartyPlace>(),
    drills: new NameIndex<PartyPlace>(),
    harmless: new NameIndex<PartyPlace>(),
  }
  readonly #products = new PhraseIndex<Place>()
  /** Numbers of parties, carriers, goods with destinations, codes: each with its kind before it. */
  readonly #places = new Map<string, Place[]>()
  readonly #removals = new Map<string, (() => void)[]>()

  get size(): number {
    return this.#removals.size
  }

  has(id: string): boolean {
    return this.#removals.has(id)
  }

  /** Takes the place of what was known of the notice before. */
  put(notice: KnownNotice): void {
    this.remove(notice.id)
    this.#removals.set(notice.id, [
      ...partiesOf(notice).flatMap(party => this.#putParty(party)),
      ...this.#putGoods(notice),
    ])
  }

  remove(id: string): void {
    for (const remove of this.#removals.get(id) ?? []) remove()
    this.#removals.delete(id)
  }

  partiesNamed(name: string, { least }: { least: number }): NameFound<PartyPlace>[] {
    const how = { most: noticesMost, least, sameAs: ({ notice }: PartyPlace) => notice }
    return Object.values(this.#names).flatMap(index => index.search(name, how))
  }

  partiesNumbered(scheme: string, value: string): PartyPlace[] {
    return this.#at(`id ${scheme} ${plainNumber(value)}`) as PartyPlace[]
  }

  productsIn(text: string): PhraseFound<Place>[] {
    return this.#products.find(text)
  }

  carried(carrier: string): Place[] {
    return this.#at(`carrier ${plainCarrier(carrier)}`)
  }

  sentTo(item: string, country: string): Place[] {
    return this.#at(`sent ${item} ${country}`)
  }

  /** Notices about a product, and not about one transaction, that name this code of six digits. */
  productsCoded(code: string): Place[] {
    return this.#at(`code ${code}`)
  }

  #at(key: string): Place[] {
    return this.#places.get(key) ?? []
  }

  #putParty({ names, ids }: Party): (() => void)[] {
    const removals = names.map(place => {
      const index = this.#names[sortOf(place.notice)]
      const numbers = index.add(place.value, place)
      return () => index.remove(numbers)
    })
    return [
      ...removals,
      ...ids.map(({ scheme, ...place }) => this.#put(`id ${scheme} ${plainNumber(place.value)}`, place)),
    ]
  }

  #putGoods(notice: KnownNotice): (() => void)[] {
    const { items, hs, products, destinations, carriers } = notice.keys
    const placeOf = ({ at, value }: Located): Place => ({ notice, at: `/body${at}`, value })
    const named = products
      .slice(0, productsMost)
      .filter(isTelling)
      .map(product => {
        const phrase = this.#products.add(product.value, placeOf(product))
        return () => void (phrase !== undefined && this.#products.remove(phrase))
      })
    const codes = destinations.length > 0 ? [] : hs
    return [
      ...named,
      ...carriers.map(found => this.#put(`carrier ${plainCarrier(found.value)}`, placeOf(found))),
      ...codes.map(found => this.#put(`code ${found.value.slice(0, 6)}`, placeOf(found))),
      ...items.flatMap(item =>
        destinations.map(to => this.#put(`sent ${item.value} ${to.value}`, placeOf(item))),
      ),
    ]
  }

  #put(key: string, place: Place): () => void {
    const places = this.#places.get(key) ?? []
    this.#places.set(key, places)
    places.push(place)
    return () => {
      places.splice(places.indexOf(place), 1)
      if (places.length === 0) this.#places.delete(key)
    }
  }
}

interface Party {
  names: PartyPlace[]
  ids: (PartyPlace & { scheme: string })[]
}

function sortOf({ exercise, keys }: KnownNotice): 'counting' | 'drills' | 'harmless' {
  if (exercise) return 'drills'
  return keys.isHarmless === true ? 'harmless' : 'counting'
}

/** Every name that a notice gives its parties, each spelling once. */
function partiesOf(notice: KnownNotice): Party[] {
  return Object.entries(notice.nominal)
    .slice(0, partiesMost)
    .map(([key, value]) => {
      const names = isObject(value) ? value : {}
      const body = notice.parties[key]
      const party = isObject(body) ? body : {}
      const placeOf = (at: string, value: string): PartyPlace => ({
        notice,
        at: `/nominal/${key}/${at}`,
        value,
        role: textOf(party.role),
        country: textOf(party.country),
      })
      return {
        names: spelledOnce([
          ...['name', 'nameLatin'].flatMap(at => texts(names[at]).map(text => placeOf(at, text))),
          ...listOf(names.aliases)
            .slice(0, aliasesMost)
            .flatMap((alias, at) => texts(alias).map(text => placeOf(`aliases/${at}`, text))),
        ]),
        ids: listOf(names.ids)
          .slice(0, aliasesMost)
          .flatMap((id, at) => {
            if (!isObject(id)) return []
            const [scheme, number] = [textOf(id.scheme), textOf(id.value)]
            return scheme === undefined || number === undefined
              ? []
              : [{ ...placeOf(`ids/${at}/value`, number), scheme }]
          }),
      }
    })
}

function spelledOnce(places: readonly PartyPlace[]): PartyPlace[] {
  return places.filter((place, at) => places.findIndex(({ value }) => value === place.value) === at)
}

/** A product that is called by common words alone, or by a letter, would be met by every other consignment. */
function isTelling({ value }: Located): boolean {
  const words = wordsOf(value).filter(({ meaning, weight }) => meaning === undefined && weight > 0.1)
  return words.map(({ text }) => text).join('').length > 1
}

function texts(value: Json | undefined): string[] {
  return typeof value === 'string' ? [value] : []
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

/** Spaces, dots and case apart. */
function plainNumber(value: string): string {
  return value.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
}

function plainCarrier(carrier: string): string {
  const cut = carrier.indexOf(':')
  return `${carrier.slice(0, cut)} ${plainNumber(carrier.slice(cut + 1))}`
}
