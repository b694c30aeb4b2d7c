import { type Lane, screeningRule } from '../consignment.ts'

/** The points of `screeningRule`: what each thing that agrees is worth; the most of each kind counts, and the sum is at most 100. */
export const points = {
  /** A party's name, times its nearness. */
  name: 60,
  /** A registration number of a party. */
  identifier: 70,
  sameRole: 5,
  sameCountry: 8,
  otherCountry: -15,
  /** What the product is called, times its nearness. */
  product: 55,
  /** The same item of the goods list, by its words. */
  sameItem: 25,
  sameCode: 8,
  sameDestination: 10,
  /** A container or vehicle is used again by others. */
  carrier: 50,
  /** The number of a declaration is not. */
  declaration: 85,
  /** The goods list by itself: a name of one word, of more, or a CAS number. */
  term: 50,
  longTerm: 62,
  everydayTerm: 35,
  cas: 62,
  agreeingCode: 20,
  /** A code that does not fit is how goods are hidden: it is told, and lowers nothing. */
  otherCode: 0,
  codeAlone: 15,
} as const

const { amberFrom, redFrom } = screeningRule

/** What the points give; red needs more than one thing that agrees. */
export function laneOf(score: number, { mayBeRed }: { mayBeRed: boolean }): Lane {
  if (score < amberFrom) return 'green'
  return score >= redFrom && mayBeRed ? 'red' : 'amber'
}

/** As high as it can be and still be told as no more than a note. */
export const noteMost = amberFrom - 1
