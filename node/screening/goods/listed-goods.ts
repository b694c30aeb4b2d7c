import { type Goods, goodsByCas, goodsList } from '#protocol'
import type { Consignment, Match } from '../../consignment.ts'
import { type Evidence, has, weighed } from '../evidence.ts'
import { reason } from '../reasons.ts'
import { laneOf, noteMost, points } from '../rule.ts'
import { everydayTerms } from './everyday-terms.ts'
import { type PhraseFound, PhraseIndex } from './phrase-index.ts'

/** A name of a good, and where in the goods list it stands. */
interface Term {
  goods: Goods
  at: string
  isEveryday: boolean
}

let held: PhraseIndex<Term> | undefined

/** Made with the first consignment, for it takes a while. */
function terms(): PhraseIndex<Term> {
  held ??= makeTerms()
  return held
}

function makeTerms(): PhraseIndex<Term> {
  const index = new PhraseIndex<Term>()
  for (const goods of [...goodsList.items, ...goodsList.watch]) {
    for (const [at, term] of termsOf(goods)) {
      index.add(term, { goods, at, isEveryday: everydayTerms.includes(term.toLocaleLowerCase('en')) })
    }
  }
  return index
}

/** A good of the lists that a consignment's words name. */
export interface NamedGoods {
  goods: Goods
  evidence: Evidence[]
}

/** The goods of both lists that the description names, by their aliases or CAS numbers, and what else agrees. */
export function goodsNamedIn(consignment: Consignment): NamedGoods[] {
  const found = Map.groupBy([...termEvidence(consignment), ...casEvidence(consignment)], ({ goods }) => goods)
  return [...found].map(([goods, all]) => ({
    goods,
    evidence: [...all.map(({ evidence }) => evidence), ...codeEvidence(consignment, goods)],
  }))
}

/** Goods that are declared under this code too, and which nothing else speaks for. */
export function goodsCoded({ hs }: Consignment): Match | undefined {
  const code = plainCode(hs?.code)
  const items = code === undefined ? [] : goodsList.items.filter(({ hsCodes }) => hsCodes.includes(code))
  const [first] = items
  if (code === undefined || first === undefined) return undefined
  const count = items.length === 1 ? 'one listed good' : `${items.length} listed goods`
  return {
    kind: 'goods',
    item: first.id,
    summary: `${count} may be declared under ${spaced(code)}, such as: ${first.label}`,
    score: points.codeAlone,
    lane: 'green',
    exercise: false,
    reasons: [
      reason('code-alone', {
        field: '/hs/code',
        met: `/items/${first.id}/hsCodes`,
        values: { code: spaced(code) },
      }),
    ],
  }
}

/** What the goods list by itself says of a consignment. `isJoined`: whether this member takes part in the channel. */
export function listedMatch(
  { goods, evidence }: NamedGoods,
  { isJoined }: { isJoined: (category: string) => boolean },
): Match {
  const { score, reasons } = weighed(evidence)
  const category = goods.kind === 'watch' ? goods.proposedCategory : goods.category
  const isProhibited = goods.kind === 'listed' && goods.control === 'prohibited'
  const isNote = !isJoined(category) || (goods.kind === 'listed' && goods.nationalOnly === true)
  const shown = isNote ? Math.min(score, noteMost) : score
  const mayBeRed = isProhibited && has(evidence, 'agreeingCode', 'cas') && has(evidence, 'longTerm', 'cas')
  return {
    kind: 'goods',
    item: goods.id,
    summary: goods.kind === 'watch' ? `${goods.label} (on the watch list)` : goods.label,
    score: shown,
    lane: laneOf(shown, { mayBeRed }),
    exercise: false,
    reasons,
  }
}

function termEvidence({ description }: Consignment): { goods: Goods; evidence: Evidence }[] {
  return terms()
    .find(description)
    .map(found => ({
      goods: found.of.goods,
      evidence: evidenceOfTerm(found),
    }))
}

function evidenceOfTerm({ phrase, of, nearness, length, words }: PhraseFound<Term>): Evidence {
  const kind = of.isEveryday ? 'everydayTerm' : length > 1 ? 'longTerm' : 'term'
  const excludes = of.goods.kind === 'listed' ? of.goods.excludes : ''
  const values = { found: words.join(' '), term: phrase, excludes }
  const code = of.isEveryday ? 'everyday-goods-name' : 'goods-name'
  return {
    kind,
    points: points[kind] * nearness,
    reason: reason(code, { field: '/description', met: of.at, nearness, values }),
  }
}

function casEvidence({ description }: Consignment): { goods: Goods; evidence: Evidence }[] {
  const numbers = description.match(/\b\d{2,7}-\d{2}-\d\b/g) ?? []
  return [...new Set(numbers)].flatMap(cas =>
    goodsByCas(cas).map(goods => ({
      goods,
      evidence: {
        kind: 'cas',
        points: points.cas,
        reason: reason('cas', {
          field: '/description',
          met: `${addressOf(goods)}/casNumbers`,
          values: { cas },
        }),
      } satisfies Evidence,
    })),
  )
}

function codeEvidence({ hs }: Consignment, goods: Goods): Evidence[] {
  const code = plainCode(hs?.code)
  if (code === undefined || goods.kind === 'watch' || goods.hsCodes.length === 0) return []
  const met = `${addressOf(goods)}/hsCodes`
  const codes = goods.hsCodes.map(spaced).join(', ')
  if (goods.hsCodes.some(each => each.startsWith(code) || code.startsWith(each))) {
    const why = reason('agreeing-code', { field: '/hs/code', met, values: { code: spaced(code) } })
    return [{ kind: 'agreeingCode', points: points.agreeingCode, reason: why }]
  }
  const isNear = goods.hsCodes.some(each => each.slice(0, 4) === code.slice(0, 4))
  if (isNear) return []
  const values = { code: spaced(code), codes }
  const why = reason('other-code', { field: '/hs/code', met, nearness: 0, values })
  return [{ kind: 'otherCode', points: points.otherCode, reason: why }]
}

function termsOf(goods: Goods): [at: string, term: string][] {
  const address = addressOf(goods)
  if (goods.kind === 'watch') return [[`${address}/label`, goods.label]]
  return Object.entries(goods.aliases).flatMap(([language, names]) =>
    names.map((name, at): [string, string] => [`${address}/aliases/${language}/${at}`, name]),
  )
}

/** Where in `GET /v1/goods` it stands, by its id. */
function addressOf({ kind, id }: Goods): string {
  return `/${kind === 'watch' ? 'watch' : 'items'}/${id}`
}

/** The first six digits, which are the same in every country. */
export function plainCode(code: string | undefined): string | undefined {
  const digits = code?.replace(/\D/g, '').slice(0, 6)
  return digits === undefined || digits.length < 4 ? undefined : digits
}

/** "854370" as "8543 70". */
export function spaced(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`.trim()
}
