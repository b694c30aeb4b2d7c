import { randomBytes } from 'node:crypto'
import { dayOf, FocalpointError, isPast } from '#protocol'
import type { Consignment, Lane, Match, Screened, ScreenedBy, Screener } from './consignment.ts'
import type { KeptConsignmentView, KeptRoom, ScreenedHere } from './desk/customs.ts'
import { type KeptMost, KeptQuota } from './kept-quota.ts'
import type { Person } from './people.ts'
import type { KeptConsignment, Store } from './store/index.ts'

export interface KeptConsignmentsOptions {
  store: Store
  screener: Screener
  most: KeptMost
  now: () => number
}

const secondsPerDay = 86_400
const microseconds = 1_000_000

/** The consignments that their owners chose to keep, for so long. Nothing else that is screened is written anywhere. */
export class KeptConsignments {
  readonly #options: KeptConsignmentsOptions
  #turn: Promise<unknown> = Promise.resolve()
  readonly #quota: KeptQuota
  #last = 0

  private constructor(options: KeptConsignmentsOptions) {
    this.#options = options
    this.#quota = new KeptQuota(options.most)
  }

  static async open(options: KeptConsignmentsOptions): Promise<KeptConsignments> {
    const kept = new KeptConsignments(options)
    for await (const page of options.store.consignments.pages())
      for (const { person, consignment } of page) kept.#quota.add(person, consignment)
    return kept
  }

  get count(): number {
    return this.#quota.inAll
  }

  roomOf(person: Person): KeptRoom {
    return this.#quota.roomOf(person.id)
  }

  /**
   * One after the other, for all who screen and write: a notice that comes between the two would otherwise meet neither
   * what is screened already nor what is kept already.
   */
  inTurn<Made>(work: () => Promise<Made>): Promise<Made> {
    const made = this.#turn.then(work)
    this.#turn = made.catch(() => {})
    return made
  }

  /** Throws `quota-reached`, and `conflict` where too many are kept. */
  keep(
    consignments: readonly Consignment[],
    person: Person,
    days: number,
  ): Promise<{ results: ScreenedHere[] } & ScreenedBy> {
    return this.inTurn(async () => {
      const { store, screener, now } = this.#options
      this.#quota.check(person.id, consignments)
      const { results, ...by } = await screener.screen(consignments)
      const keptUntil = dayOf(now() + days * secondsPerDay)
      const kept = results.map((screened, at) => {
        const consignment = consignments[at]
        if (consignment === undefined) throw new TypeError('there are more answers than consignments')
        return keptOf({ id: this.#nextId(), person: person.id, consignment, keptUntil }, screened, now())
      })
      await store.write(kept.flatMap(each => store.consignments.putOps(each)))
      for (const each of kept) this.#quota.add(person.id, each.consignment)
      return {
        ...by,
        results: results.map((screened, at) => ({
          ...screened,
          kept: { id: kept[at]?.id ?? '', until: keptUntil },
        })),
      }
    })
  }

  find(id: string, person: Person): KeptConsignmentView | undefined {
    const kept = this.#options.store.consignments.find(person.id, id)
    return kept === undefined || this.#isDue(kept) ? undefined : viewOf(kept)
  }

  /** A page of them, newest first; a lane is not looked up but looked for. */
  async list(
    person: Person,
    { lane, before, limit }: { lane?: Lane; before?: string; limit: number },
  ): Promise<KeptConsignmentView[]> {
    const { consignments } = this.#options.store
    const found: KeptConsignmentView[] = []
    for (let from = before; found.length < limit; ) {
      const page = await consignments.ofPerson(person.id, { before: from, limit })
      const fitting = page.filter(kept => !this.#isDue(kept) && (lane === undefined || kept.lane === lane))
      found.push(...fitting.map(viewOf))
      from = page.at(-1)?.id
      if (page.length < limit) break
    }
    return found.slice(0, limit)
  }

  /** Screened anew, so that its reasons are made of what may still be read. Throws `not-found`, `node-not-ready`. */
  async get(id: string, person: Person): Promise<KeptConsignmentView & { matches: readonly Match[] }> {
    const kept = this.find(id, person)
    if (kept === undefined) throw notKept(id)
    const { results } = await this.#options.screener.screen([kept.consignment])
    return { ...kept, matches: results[0]?.matches ?? [] }
  }

  /** Throws `not-found`. */
  async remove(id: string, person: Person): Promise<void> {
    await this.inTurn(async () => {
      const kept = this.find(id, person)
      if (kept === undefined) throw notKept(id)
      await this.#delete([{ ...kept, person: person.id }])
    })
  }

  /** Deletes those whose last day is over; the eraser then sees to it that no file holds them. */
  async removeDue(): Promise<number> {
    const { consignments } = this.#options.store
    let removed = 0
    for await (const page of consignments.pages()) {
      if (!page.some(kept => this.#isDue(kept))) continue
      // Its owner may have thrown one away meanwhile.
      removed += await this.inTurn(() =>
        this.#delete(page.filter(kept => this.#isDue(kept) && consignments.find(kept.person, kept.id))),
      )
    }
    return removed
  }

  async #delete(kept: readonly Pick<KeptConsignment, 'person' | 'id' | 'consignment'>[]): Promise<number> {
    const { store } = this.#options
    const rows = kept.flatMap(({ person, id }) => store.consignments.deleteOps(person, id))
    await store.write([...rows, ...store.erasure.unfinishedOps()])
    for (const { person, consignment } of kept) this.#quota.remove(person, consignment)
    return kept.length
  }

  #isDue({ keptUntil }: Pick<KeptConsignment, 'keptUntil'>): boolean {
    return isPast(keptUntil, this.#options.now())
  }

  /** In order of time, also of those that come in one second; nobody can guess another one's. */
  #nextId(): string {
    this.#last = Math.max(this.#last + 1, this.#options.now() * microseconds)
    return `${this.#last.toString(36).padStart(11, '0')}-${randomBytes(9).toString('hex')}`
  }
}

type Kept = Pick<KeptConsignment, 'id' | 'person' | 'consignment' | 'keptUntil'>

function keptOf(kept: Kept, screened: Screened, at: number): KeptConsignment {
  return { ...kept, keptAt: at, screenedAt: at, exercise: screened.exercise, ...foundIn(screened) }
}

/** What is kept of an answer: no word of a notice. */
export function foundIn({ lane, matches }: Screened): Pick<KeptConsignment, 'lane' | 'matches'> {
  return {
    lane,
    matches: matches.map(({ kind, notice, type, item, score, lane, exercise }) => ({
      kind,
      ...(notice !== undefined && { notice }),
      ...(type !== undefined && { type }),
      ...(item !== undefined && { item }),
      score,
      lane,
      exercise,
    })),
  }
}

function viewOf({ person: _, ...kept }: KeptConsignment): KeptConsignmentView {
  return kept
}

function notKept(id: string): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', 'You keep no such consignment.', { what: 'consignment', id })
}
