import type { Person } from '../people.ts'
import { hashOf, newSecret } from './secrets.ts'
import type { Browser, Opened, OpenedBy, PageRules, Session, SignedIn, SignInRows } from './sign-in.ts'

/** `lastSeenAt` is written no more often. */
const writeEverySeconds = 60
const userAgentCharacters = 200
/** Of one person: with one more the one that was seen longest ago ends. */
const sessionsMost = 20

export interface SessionsOptions {
  rows: SignInRows
  rules: PageRules
  /** As they are at this moment: whoever is disabled is nobody at once. */
  findPerson: (id: string) => Person | undefined
  onError: (error: unknown) => void
}

/** Browsers that are signed in. A session that has ended is gone from the disk before its end is told. */
export class Sessions {
  readonly #options: SessionsOptions
  /** When each was seen, to the second. */
  readonly #seen = new Map<string, number>()

  constructor(options: SessionsOptions) {
    this.#options = options
  }

  /** Throws `link-spent`, `sign-in-refused` where another was quicker to use or change what opens it. */
  async begin(
    person: Person,
    { browser, by, now }: { browser: Browser; by: OpenedBy; now: number },
  ): Promise<Opened> {
    const { secret, hash } = newSecret('fs')
    const session: Session = {
      id: hash,
      person: person.id,
      openedBy: 'link' in by ? 'link' : 'password',
      ...('link' in by && by.link.again && { again: true }),
      userAgent: browser.userAgent.replaceAll(/\p{C}/gu, '').slice(0, userAgentCharacters),
      createdAt: now,
      lastSeenAt: now,
    }
    await this.#options.rows.beginSession(session, by)
    await this.end(
      this.list(person.id)
        .slice(sessionsMost)
        .map(({ id }) => id),
    )
    return { secret, session, person, roles: person.roles }
  }

  authenticate(secret: string, now: number, { isActivity }: { isActivity: boolean }): SignedIn | undefined {
    const { rows, findPerson } = this.#options
    const id = hashOf('fs', secret)
    const held = id === undefined ? undefined : rows.findSession(id)
    if (held === undefined || this.#isOver(held, now)) return undefined
    const person = findPerson(held.person)
    if (person === undefined || person.disabled) return undefined
    if (isActivity) this.#see(held, now)
    return { person, roles: person.roles, session: this.#asSeen(held) }
  }

  /** Seen last first; of everybody without a person. */
  list(person?: string): Session[] {
    const all = this.#options.rows
      .listSessions()
      .filter(each => person === undefined || each.person === person)
    return all
      .map(held => this.#asSeen(held))
      .sort((a, b) => b.lastSeenAt - a.lastSeenAt || b.createdAt - a.createdAt)
  }

  async end(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    await this.#options.rows.endSessions(ids)
    for (const id of ids) this.#seen.delete(id)
  }

  async forget(now: number): Promise<void> {
    await this.end(this.list().flatMap(held => (this.#isOver(held, now) ? [held.id] : [])))
    const held = new Set(this.#options.rows.listSessions().map(({ id }) => id))
    for (const id of this.#seen.keys()) if (!held.has(id)) this.#seen.delete(id)
  }

  #isOver(held: Session, now: number): boolean {
    const { idleSeconds, sessionSeconds } = this.#options.rules
    const { createdAt, lastSeenAt } = this.#asSeen(held)
    return lastSeenAt + idleSeconds <= now || createdAt + sessionSeconds <= now
  }

  #see(held: Session, now: number): void {
    this.#seen.set(held.id, now)
    if (now - held.lastSeenAt < writeEverySeconds) return
    void this.#options.rows.touchSession(held.id, now).catch(this.#options.onError)
  }

  #asSeen(held: Session): Session {
    return { ...held, lastSeenAt: Math.max(held.lastSeenAt, this.#seen.get(held.id) ?? 0) }
  }
}
