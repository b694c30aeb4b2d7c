import type { Connection, Stream } from '@libp2p/interface'
import { FocalpointError } from '#protocol'
import { Allowance } from './allowance.ts'
import { type Answering, answer, refuse } from './answer.ts'
import type { NetworkOptions } from './options.ts'
import { asError } from './streams.ts'

/** An honest member has one round under way, and a poke or two beside it. */
const atOncePerMember = 4
/** Each may hold a page or two in memory. */
const atOnce = 32
/** An honest node asks twice a second at most, and more only after it was cut off. */
const rounds = { burst: 100, perSecond: 5 }

type Options = Pick<NetworkOptions, 'registry' | 'count' | 'log'>

/** Answers to other members, as many at once as this node can bear; who asks for more is told to come back. */
export class Answers {
  readonly #options: Options
  readonly #answering: Answering
  readonly #allowed = new Allowance(rounds)
  readonly #running = new Map<string, number>()
  readonly #underWay = new Set<Promise<void>>()

  constructor(options: Options, answering: Answering) {
    this.#options = options
    this.#answering = answering
  }

  take(stream: Stream, connection: Connection): void {
    const answered = this.#answerOne(stream, connection).finally(() => this.#underWay.delete(answered))
    this.#underWay.add(answered)
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  async #answerOne(stream: Stream, connection: Connection): Promise<void> {
    const { registry, count, log } = this.#options
    const peer = connection.remotePeer.toString()
    const member = registry.memberOf(peer)
    if (member === undefined) {
      connection.abort(new Error('not in the registry'))
      return
    }
    const running = this.#running.get(member) ?? 0
    const isBusy = this.#underWay.size >= atOnce || running >= atOncePerMember || !this.#allowed.take(member)
    this.#running.set(member, running + 1)
    try {
      if (isBusy) {
        count('answers_refused')
        await refuse(stream, busy(member), this.#answering)
      } else await answer(stream, member, this.#answering)
    } catch (error) {
      count('answers_cut')
      log.debug({ with: member, peer, error: asError(error).message }, 'An answer to a member ended early')
    } finally {
      const left = (this.#running.get(member) ?? 1) - 1
      if (left === 0) this.#running.delete(member)
      else this.#running.set(member, left)
    }
  }
}

function busy(peer: string): FocalpointError<'queue-full'> {
  return new FocalpointError('queue-full', 'This node has too much to answer: ask again later.', { peer })
}
