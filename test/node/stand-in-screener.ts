import { sha256 } from '#protocol'
import type { Consignment, Lane, Match, Screened, Screener } from '../../node/consignment.ts'

/** Something that a stand-in knows: every consignment whose description holds these words meets it. */
export interface Known {
  words: string
  lane?: Lane
  notice?: string
  exercise?: boolean
}

/** A screener without an index, and the strings to pull it by. */
export interface StandInScreener extends Screener {
  known: Known[]
  /** The place in the feed that it has seen. */
  through: number
  /** How many consignments it was asked for at once. */
  asked: number[]
}

export function standInScreener(known: Known[] = []): StandInScreener {
  const answer = async (consignments: readonly Consignment[], among: readonly Known[]) => {
    screener.asked.push(consignments.length)
    const results = consignments.map(consignment => screened(consignment, among))
    return { results, rule: 'stand-in/1', goodsList: { id: 'list', version: '1' }, through: screener.through }
  }
  const screener: StandInScreener = {
    known,
    through: 0,
    asked: [],
    screen: consignments => answer(consignments, screener.known),
    screenAgainst: (consignments, notices) =>
      answer(
        consignments,
        screener.known.filter(({ notice }) => notice !== undefined && notices.includes(notice)),
      ),
    namesMeet: (one, other) => one === other,
  }
  return screener
}

const order: readonly Lane[] = ['green', 'amber', 'red']

function screened(
  { reference, description, exercise: isDrill }: Consignment,
  known: readonly Known[],
): Screened {
  const exercise = isDrill === true
  const matches = known.filter(({ words }) => description.includes(words)).map(matchOf)
  const counted = matches.filter(match => exercise || !match.exercise).map(({ lane }) => lane)
  const lane = order.findLast(each => counted.includes(each)) ?? 'green'
  return { ...(reference !== undefined && { reference }), lane, exercise, matches }
}

function matchOf({ words, lane = 'red', notice = sha256(words), exercise = false }: Known): Match {
  return {
    kind: 'notice',
    notice,
    issuer: 'XD',
    type: 'denial',
    summary: `A refusal of ${words}`,
    score: 90,
    lane,
    exercise,
    reasons: [
      {
        code: 'product',
        field: '/description',
        met: '/body/goods/0/description',
        nearness: 1,
        words: `"${words}" is in the description`,
        values: { found: words, product: words },
      },
    ],
  }
}
