import { authorityOf, FocalpointError, hasTopic, parseSignedText, type Registry, verifyStop } from '#protocol'
import type { EndChains } from './end-chains.ts'
import { type Cut, cutsIn, keyEnds } from './force.ts'
import type { Forks } from './forks.ts'
import type { Store, StoredFork, StoredStop } from './store/index.ts'
import type { Tips } from './tips.ts'

export interface DecisionsOptions {
  store: Store
  registry: () => Registry
  now: () => number
  tips: Tips
  forks: Forks
  ends: EndChains
  /** Notices have left a log and are kept as void. */
  onCut: (cut: Cut) => void
  /** The registry has decided which branch of a forked log holds. */
  onForkSettled: (fork: StoredFork) => void
  onStop: (stop: StoredStop) => void
  onStopSettled: (stop: StoredStop) => void
}

/** What the registry decides, and what a member says against its own key, applied to what is held already. */
export class Decisions {
  readonly #options: DecisionsOptions

  constructor(options: DecisionsOptions) {
    this.#options = options
  }

  /** Logs leave what the registry has made void; forks and stops that it has decided are no longer open. */
  async apply(): Promise<void> {
    const { registry, store } = this.#options
    for (const log of cutsIn(registry(), store)) await this.#cut(log)
    await this.settle()
  }

  async settle(): Promise<void> {
    const { store, registry, forks, onForkSettled, onStopSettled } = this.#options
    for (const fork of await forks.settle()) onForkSettled(fork)
    const ended = keyEnds(registry())
    for (const stop of store.evidence.stops()) {
      if (!ended.some(end => end.kid === stop.kid && end.channel === stop.channel)) continue
      await store.write(store.evidence.deleteStopOps(stop.kid, stop.channel))
      onStopSettled(stop)
    }
  }

  /** A stop holds at once, until the registry decides. False where it says nothing new. Throws what is wrong with it. */
  async stop(text: string, { isGossip }: { isGossip: boolean }): Promise<boolean> {
    const { registry, store, now, onStop } = this.#options
    const { stop, by } = await verifyStop(registry(), parseSignedText(text))
    const { member, kid, channel, head, reason } = stop
    if (isGossip && !hasTopic(channel)) throw mayNotTravel(channel)
    const { end } = authorityOf({ registry: registry(), issuer: member, kid, channel })
    const known = store.evidence.stopOf(kid, channel)
    if (end !== undefined || (known !== undefined && known.head.seq <= head.seq)) return false
    const stored: StoredStop = { member, kid, channel, head, reason, by, text, at: now() }
    await store.write(store.evidence.stopOps(stored))
    onStop(stored)
    return true
  }

  async #cut(log: { channel: string; issuer: string }): Promise<void> {
    const { store, registry, now, tips, ends, onCut } = this.#options
    while (!tips.isSettled(log)) await store.write([])
    // From here on in one step, so that nothing is placed between looking and cutting.
    const [cut] = cutsIn(registry(), store, log)
    if (cut === undefined) return
    const place = { ...log, seq: cut.from }
    const ids = tips.idsFrom(place)
    const tip = tips.before(place)
    ends.differs(log)
    onCut({ ...cut, ids })
    await tips.retake(log, { tip }, () => store.write(ids.flatMap(id => store.notices.voidOps(id, now()))))
  }
}

/** It names a notice of an opt-in channel, so it goes no further than that: it comes by catch-up. */
function mayNotTravel(channel: string): FocalpointError<'stop-invalid'> {
  const what = `about the channel "${channel}", which has no topic`
  return new FocalpointError('stop-invalid', `This stop is ${what}.`, { what })
}
