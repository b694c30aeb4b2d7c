import { FocalpointError, type Frontier, type Head } from '#protocol'
import type { LastSigned, LastSignedFiles } from './last-signed.ts'

// The restore guard: a place in a log must never be signed twice, and a restored, cloned, rolled-back or emptied node
// cannot know by itself that it is one, for one snapshot holds all its files. So nothing is signed before another member
// of the channel has told how far it knows our log.
//
// checking ──(two members, or one after a while, know no more than we)──► ready
//    │ files disagree, or somebody knows more                 │ somebody knows more, or a notice by our key arrives
//    ▼                                                        ▼
// recovering ──(a third of the members, at least one, know no more than we, for as long as we listen)──► ready
// stopped: our log is forked, or our key was stopped; only the registry ends this.

/** How long a second member's answer is waited for before the first is enough. */
const secondAnswerSeconds = 10

export type SigningState = 'checking' | 'recovering' | 'ready' | 'stopped'

export interface ChannelSigning {
  state: SigningState
  /** In words, for people; empty when ready. */
  reason: string
  /** The reason says all: nothing comes of waiting. */
  isWhole?: boolean
}

export interface GuardOptions {
  member: string
  channels: () => readonly string[]
  files: LastSignedFiles
  head: (channel: string) => Head | undefined
  /** The id at a place of our own log in the database. */
  idAt: (channel: string, seq: number) => string | undefined
  /** The record that fits our head in the database. */
  record: (channel: string) => LastSigned
  /** Puts back the notice that only `last-signed` holds. */
  takeBack: (notice: string) => Promise<void>
  /** Whether the registry has ended the key that signed this, below it: then its place is free again. */
  isVoid: (channel: string, signed: LastSigned) => boolean
  /** The other members of the channel, as the registry has it. */
  others: (channel: string) => readonly string[]
  /** What a member's node told of its heads, and when (seconds since 1970). */
  told: (member: string, channel: string) => { at: number; heads: Frontier[string] } | undefined
  askAround: (reason: string) => void
  now: () => number
  listenSeconds: number
  /** Why nothing may be signed in any channel, whatever the others know of our log. */
  silenced: () => string | undefined
  /** Only for a control run that shows what the guard is for: signs without asking anybody. */
  unsafeNoGuard?: boolean
}

interface Watch extends ChannelSigning {
  /** Frontiers told before this do not count. */
  since: number
  /** Since when everybody heard knows no more than we. */
  quietSince: number | undefined
}

export class SigningGuard {
  readonly #options: GuardOptions
  readonly #watches = new Map<string, Watch>()
  #askedAt: number | undefined

  constructor(options: GuardOptions) {
    this.#options = options
  }

  /** Compares our own files for each channel that is new to it; called first of all, and when channels were joined. */
  async open(): Promise<void> {
    const joined = this.#options.channels()
    for (const channel of this.#watches.keys()) if (!joined.includes(channel)) this.#watches.delete(channel)
    for (const channel of joined) {
      if (this.#watches.has(channel)) continue
      const { state, reason } = await this.#compareFiles(channel)
      this.#set(channel, state, reason)
    }
  }

  signing(channel: string): Pick<ChannelSigning, 'state' | 'reason'> {
    const silenced = this.#options.silenced()
    if (silenced !== undefined) return { state: 'stopped', reason: silenced }
    const watch = this.#watches.get(channel)
    if (watch === undefined)
      return { state: 'stopped', reason: `This node has not joined the channel "${channel}".` }
    const { state, reason } = watch
    return { state, reason: state === 'recovering' ? `${reason}${this.#outlook(watch)}` : reason }
  }

  /** What a node that recovers waits for. */
  #outlook({ quietSince, isWhole = false }: Watch): string {
    if (isWhole) return ''
    if (quietSince === undefined) return ' It signs nothing until it has caught up with its own log.'
    const until = new Date((quietSince + this.#options.listenSeconds) * 1000).toISOString().slice(11, 19)
    return ` It has caught up with its own log and listens. It signs again at ${until} UTC if nobody shows more.`
  }

  /** Throws `recovering` or `signing-stopped` unless this channel may be signed in now. */
  checkMaySign(channel: string): void {
    const { state, reason } = this.signing(channel)
    if (this.#options.unsafeNoGuard === true || state === 'ready') return
    if (state === 'stopped') throw new FocalpointError('signing-stopped', reason, { reason })
    throw new FocalpointError('recovering', reason, { reason })
  }

  /** A notice by our key that we did not hold. */
  seenOwnNotice({ channel, seq }: { channel: string; seq: number }): void {
    const watch = this.#watches.get(channel)
    if (watch === undefined || watch.state === 'stopped') return
    watch.quietSince = undefined
    if (watch.state === 'recovering') return
    this.#set(
      channel,
      'recovering',
      `Another node holds our notice ${seq}, which this node did not: it was restored from a copy, or a second node uses our key.`,
    )
  }

  stop(channel: string, reason: string): void {
    this.#set(channel, 'stopped', reason)
  }

  /** The registry has decided what our log is: nothing is signed before the others are seen to know no more of it. */
  recover(channel: string, reason: string): void {
    if (this.#watches.has(channel)) this.#set(channel, 'recovering', reason)
  }

  /** Looks again at what the others have told; to be called when they tell more, and now and then. */
  async look(): Promise<void> {
    for (const [channel, watch] of this.#watches) {
      if (watch.state === 'checking' || watch.state === 'ready') this.#lookForMore(channel, watch)
      if (watch.state === 'recovering') await this.#lookForQuiet(channel, watch)
    }
  }

  async #compareFiles(channel: string): Promise<ChannelSigning> {
    const { files, head, idAt, record: fitting, takeBack } = this.#options
    const record = await files.read(channel)
    const held = head(channel)
    const heldSeq = held?.seq ?? 0
    if (record === undefined) {
      return recovering(
        'There is no record of what this node signed last: its folder was emptied or is new to this key, as is expected after a restore to a new machine.',
      )
    }
    if (record.seq === heldSeq && record.id === (held?.id ?? null)) return checking
    if (heldSeq === record.seq + 1 && record.id === (idAt(channel, record.seq) ?? null)) {
      // A crash between the database and the record; the gate has checked that the one notice more follows.
      await files.replace(channel, () => fitting(channel))
      return checking
    }
    if (record.seq === heldSeq + 1 && record.notice !== null) {
      try {
        await takeBack(record.notice)
        return checking
      } catch {
        return recovering('The last notice that this node signed does not follow what its database holds.')
      }
    }
    return recovering(
      `The database knows our log up to place ${heldSeq}, the record of what was signed up to ${record.seq}.`,
    )
  }

  #lookForMore(channel: string, watch: Watch): void {
    const others = this.#options.others(channel)
    const heard = this.#heard(channel, watch.since)
    if (heard.some(heads => this.#knowsMore(channel, heads))) {
      this.#set(
        channel,
        'recovering',
        'Another member holds more of our own log than this node: it was restored from an older copy.',
      )
      this.#ask('own log is behind')
    } else if (watch.state === 'checking' && this.#isHeardEnough(others.length, heard.length, watch.since)) {
      this.#set(channel, 'ready', '')
    }
  }

  /** One answer may be of a member that is behind itself: a second one is waited for, but not for ever. */
  #isHeardEnough(others: number, heard: number, since: number): boolean {
    const { now, listenSeconds } = this.#options
    const waited = now() - since >= Math.min(secondAnswerSeconds, listenSeconds)
    return heard >= Math.min(others, waited ? 1 : 2)
  }

  async #lookForQuiet(channel: string, watch: Watch): Promise<void> {
    const { others, now, listenSeconds, record, files } = this.#options
    const heard = this.#heard(channel, watch.since)
    const all = others(channel).length
    const enough = heard.length >= Math.min(all, Math.max(1, Math.ceil(all / 3)))
    if (enough && (await this.#isMissingOurOwn(channel, watch))) return
    if (!enough || heard.some(heads => this.#knowsMore(channel, heads))) {
      watch.quietSince = undefined
      this.#ask('recovering the own log')
      return
    }
    watch.quietSince ??= now()
    watch.isWhole = false
    if (now() - watch.quietSince < listenSeconds) return
    await files.replace(channel, () => record(channel))
    const isStillSo = this.#watches.get(channel) === watch && watch.quietSince !== undefined
    if (isStillSo) this.#set(channel, 'ready', '')
  }

  /** The record knows of more than the database and all that were heard: those places were signed, and are lost. */
  async #isMissingOurOwn(channel: string, watch: Watch): Promise<boolean> {
    const { files, head, isVoid } = this.#options
    const signed = await files.read(channel)
    const held = head(channel)?.seq ?? 0
    if (signed === undefined || signed.seq <= held || isVoid(channel, signed)) return false
    watch.quietSince = undefined
    watch.isWhole = true
    watch.reason = `This node signed up to place ${signed.seq}, and nobody heard so far holds more than ${held}. Put the newer database back, or ask the coordinators for a new key from place ${held + 1} on; with this one nothing is signed.`
    this.#ask('recovering the own log')
    return true
  }

  #heard(channel: string, since: number): Frontier[string][] {
    return this.#options.others(channel).flatMap(member => {
      const told = this.#options.told(member, channel)
      return told !== undefined && told.at >= since ? [told.heads] : []
    })
  }

  #knowsMore(channel: string, heads: Frontier[string]): boolean {
    const told = heads[this.#options.member]
    if (told === undefined) return false
    const held = this.#options.head(channel)
    return told[0] > (held?.seq ?? 0) || (told[0] === held?.seq && told[1] !== held.id)
  }

  /** Once a second at most: every answer makes us look again, and looking would ask again. */
  #ask(reason: string): void {
    const { askAround, now } = this.#options
    if (now() === this.#askedAt) return
    this.#askedAt = now()
    askAround(reason)
  }

  #set(channel: string, state: SigningState, reason: string): void {
    this.#watches.set(channel, { state, reason, since: this.#options.now(), quietSince: undefined })
  }
}

const checking: ChannelSigning = {
  state: 'checking',
  reason:
    'This node has just started and asks another member how far it knows our log. Signing begins after the answer.',
}

function recovering(reason: string): ChannelSigning {
  return { state: 'recovering', reason }
}
