import type { Person, Role } from '../people.ts'

/** A browser that is signed in, as kept: the secret in its cookie is nowhere. */
export interface Session {
  /** SHA-256 of the secret, as base64url. */
  id: string
  /** The person's id. */
  person: string
  openedBy: 'link' | 'password'
  /** The link opens again until it expires, and its person needs no password. */
  again?: true
  /** As the browser calls itself, shortened. */
  userAgent: string
  /** Seconds since 1970. */
  createdAt: number
  /** Seconds since 1970; on disk up to a minute behind. */
  lastSeenAt: number
}

/** A one-time link as kept. */
export interface SignInLink {
  /** SHA-256 of the secret, as base64url. */
  hash: string
  /** The person's id. */
  person: string
  /** Opens again until it expires: for the demonstration alone. */
  again: boolean
  /** Seconds since 1970, like the one below. */
  createdAt: number
  expiresAt: number
}

export interface Password {
  /** The person's id. */
  person: string
  /** A PHC string: Argon2id with its parameters, salt and hash. */
  phc: string
  /** Seconds since 1970. */
  setAt: number
}

/** What opens a session. */
export type OpenedBy = { link: SignInLink } | { password: Password }

/** Wrong passwords in a row. */
export interface Failures {
  count: number
  /** Seconds since 1970. */
  lastAt: number
}

/** Who uses a page, and what the person may do at this moment. */
export interface SignedIn {
  person: Person
  roles: readonly Role[]
  session: Session
}

/** A session that has just begun, with the secret for the cookie. */
export interface Opened extends SignedIn {
  secret: string
}

/** From where somebody signs in. */
export interface Browser {
  address: string
  userAgent: string
}

/** What the pages go by. */
export interface PageRules {
  idleSeconds: number
  /** However busy: a session ends so long after it began. */
  sessionSeconds: number
  /** Whether cookies are sent over TLS alone (`Secure`, and `__Host-` in the name). */
  secureCookies: boolean
  /** Where browsers find the pages, without a slash at the end; undefined: wherever the API listens. */
  origin: string | undefined
}

/** Where sign-in is kept. Every promise resolves when it is durable. */
export interface SignInRows {
  findSession(id: string): Session | undefined
  listSessions(): Session[]
  /**
   * Begins it, and a link that opens once goes with that. Throws where what opens it was used or changed meanwhile:
   * `link-spent`, `sign-in-refused`.
   */
  beginSession(session: Session, by: OpenedBy): Promise<void>
  /** When the newest session of a person began, also of one that has ended; in seconds since 1970. */
  lastSignedIn(person: string): number | undefined
  /** Whether it is known of anybody when they came in: a store from before this was kept has the trail alone. */
  knowsSignIns(): boolean
  /** By person; seconds since 1970. */
  putSignIns(all: ReadonlyMap<string, number>): Promise<void>
  /** Nothing where it has ended. */
  touchSession(id: string, lastSeenAt: number): Promise<void>
  endSessions(ids: readonly string[]): Promise<void>
  findLink(hash: string): SignInLink | undefined
  listLinks(): SignInLink[]
  putLink(link: SignInLink): Promise<void>
  removeLinks(hashes: readonly string[]): Promise<void>
  findPassword(person: string): Password | undefined
  /** Ends the other sessions of the person with it. Throws `unauthenticated` where the one that asks has ended. */
  putPassword(password: Password, o: { by: string }): Promise<void>
  /** The same password with other parameters; nothing where it was changed meanwhile. */
  replacePassword(old: Password, next: Password): Promise<void>
  listFailures(): { person: string; failures: Failures }[]
  /** Undefined takes them away. */
  putFailures(person: string, failures: Failures | undefined): Promise<void>
}

export interface SignIn {
  readonly rules: PageRules
  /** The secret of a link is shown this once. Throws `not-found`, `conflict` for a disabled person. */
  createLink(
    person: string,
    o: { minutes: number; again?: boolean },
  ): Promise<{ secret: string; expiresAt: number }>
  /** Whose link it is, without opening it: programs that look at links must not use them up. */
  findLink(secret: string): { person: Person; expiresAt: number; again: boolean } | undefined
  /** Throws `link-spent` for one that was used, has expired, or never was. */
  openLink(secret: string, browser: Browser): Promise<Opened>
  /** By name and password. Throws `sign-in-refused`, `locked-out`, `name-shared`, `too-many-requests`. */
  signIn(given: { name: string; password: string }, browser: Browser): Promise<Opened>
  /** `now` in seconds; `isActivity: false` for what a page asks by itself, which must not keep a session alive. */
  authenticate(secret: string, now: number, o?: { isActivity?: boolean }): SignedIn | undefined
  hasPassword(person: string): boolean
  /** Whether whoever came in this way could not come back by themselves: by a link that is spent, with no password. */
  needsPassword(session: Session): boolean
  /** Whether this session was opened by a link so lately that it sets a password without the current one. */
  setsPasswordFreely(session: Session): boolean
  /**
   * All other sessions of the person end. Throws `request-malformed` with what is wrong with it, `sign-in-refused` for
   * a wrong current one, `locked-out`, `name-shared`, `unauthenticated`.
   */
  setPassword(by: SignedIn, o: { current?: string; next: string }): Promise<void>
  /** Seconds since 1970; undefined for somebody who never did. */
  lastSignedIn(person: string): number | undefined
  /** Last seen first; of everybody without a person. */
  sessions(person?: string): Session[]
  /** Nothing where there is none; whose it is, the caller judges. */
  end(session: string): Promise<void>
  endOthers(session: Session): Promise<void>
  /** Sessions and links. */
  endAllOf(person: string): Promise<void>
  /** Takes away what has expired. */
  forget(): Promise<void>
}
