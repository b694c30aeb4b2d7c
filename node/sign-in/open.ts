import { FocalpointError, isError, sha256 } from '#protocol'
import type { NewAct } from '../audit.ts'
import { nameAsRead, type People, type Person } from '../people.ts'
import { BackOff, type Guessed } from './back-off.ts'
import { type Hash, Hashing, isOutgrown } from './hashing.ts'
import { checkNewPassword } from './password-rules.ts'
import { hashOf, newSecret } from './secrets.ts'
import { Sessions } from './sessions.ts'
import type {
  Browser,
  Opened,
  PageRules,
  Password,
  SignedIn,
  SignIn,
  SignInLink,
  SignInRows,
} from './sign-in.ts'

/** A session that a link opened lets its person set a password, without the current one, for so long. */
const freelySeconds = 900
/** Longer than any password may be; what is longer still is not even read. */
const readMost = 1024

export interface SignInOptions {
  rows: SignInRows
  people: Pick<People, 'find' | 'list'>
  rules: PageRules
  /** Names that everybody knows who knows this node: no password may be made of them. */
  ownWords: () => readonly string[]
  /** Seconds since 1970. */
  now: () => number
  note: (act: NewAct) => Promise<void>
  onError: (error: unknown) => void
  /** To count its runs. */
  hash?: Hash
}

/** The ways into the pages: one-time links and passwords, and the sessions that they open. */
export function openSignIn(options: SignInOptions): SignIn {
  const { rows, people, rules, ownWords, now, note, onError } = options
  const hashing = new Hashing(options.hash)
  const backOff = new BackOff({
    held: rows.listFailures(),
    changed: (person, failures) => void rows.putFailures(person, failures).catch(onError),
  })
  const sessions = new Sessions({ rows, rules, findPerson: id => people.find(id), onError })

  const holderOf = (link: SignInLink | undefined): Person | undefined => {
    const person = link && link.expiresAt > now() ? people.find(link.person) : undefined
    return person?.disabled ? undefined : person
  }

  /** Throws `locked-out` before, and `sign-in-refused` after the one run that every try takes. */
  const checkPassword = async (given: {
    guessed: Guessed
    password: string
    phc: string | undefined
    address: string | undefined
  }) => {
    const { guessed, password, address } = given
    backOff.check(guessed, { address, now: now() })
    backOff.count(guessed, { address, now: now() })
    const read = password.slice(0, readMost)
    const isRight = await hashing
      .isRight(read, password.length > readMost ? undefined : given.phc)
      .catch(error => {
        backOff.takeBack(guessed, { address })
        throw error
      })
    if (isRight) return
    const person = 'person' in guessed ? { person: guessed.person } : {}
    // Not waited for: how long a write takes must not tell whether there is such a person.
    void note({ act: 'sign-in-refused', ...person, from: 'page' })
    if (backOff.failed(guessed)) void note({ act: 'locked-out', ...person, from: 'page' })
    throw refused()
  }

  const signIn = async (
    { name, password }: { name: string; password: string },
    browser: Browser,
  ): Promise<Opened> => {
    const named = people.list().filter(each => !each.disabled && nameAsRead(each.name) === nameAsRead(name))
    const person = named.find(({ id }) => rows.findPassword(id) !== undefined) ?? named[0]
    const held = person && rows.findPassword(person.id)
    const guessed = person ? { person: person.id } : { nameHash: sha256(nameAsRead(name)) }
    await checkPassword({ guessed, password, phc: held?.phc, address: browser.address })
    if (person === undefined || held === undefined || people.find(person.id)?.disabled !== false)
      throw refused()
    backOff.succeeded(person.id, browser)
    if (named.length > 1) throw nameShared(person.name)
    const opened = await sessions.begin(person, {
      browser,
      by: { password: await grown(held, password) },
      now: now(),
    })
    await note({ act: 'signed-in', person: person.id, about: 'password', from: 'page' })
    return opened
  }

  /** With the parameters of today. */
  const grown = async (held: Password, password: string): Promise<Password> => {
    if (!isOutgrown(held.phc)) return held
    const next = { ...held, phc: await hashing.phcOf(password) }
    await rows.replacePassword(held, next)
    return next
  }

  /** Persons who set a password at this moment: many at once would take the turns of all who sign in. */
  const setting = new Set<string>()
  const setPassword = async (by: SignedIn, given: { current?: string; next: string }) => {
    const { id } = by.person
    if (setting.has(id)) throw isBeingSet()
    setting.add(id)
    await setPasswordOnce(by, given).finally(() => setting.delete(id))
  }

  const setPasswordOnce = async (by: SignedIn, { current, next }: { current?: string; next: string }) => {
    const { person, session } = by
    if (!setsFreely(session)) {
      await checkPassword({
        guessed: { person: person.id },
        password: current ?? '',
        phc: rows.findPassword(person.id)?.phc,
        address: undefined,
      }).catch(error => {
        throw isError(error, 'sign-in-refused') ? wrongCurrent() : error
      })
      backOff.succeeded(person.id, { address: undefined })
    }
    checkNewPassword(next, { own: [person.name, ...ownWords()] })
    const twins = people
      .list()
      .filter(each => !each.disabled && nameAsRead(each.name) === nameAsRead(person.name))
    if (twins.length > 1) throw nameShared(person.name)
    const phc = await hashing.phcOf(next)
    await rows.putPassword({ person: person.id, phc, setAt: now() }, { by: session.id })
    await note({ act: 'password-set', person: person.id, from: 'page' })
  }

  const setsFreely: SignIn['setsPasswordFreely'] = ({ openedBy, createdAt }) =>
    openedBy === 'link' && now() - createdAt <= freelySeconds

  return {
    rules,
    async createLink(personId, { minutes, again = false }) {
      const person = people.find(personId)
      if (person === undefined) throw notThere(personId)
      if (person.disabled) throw isDisabled(person)
      const { secret, hash } = newSecret('fl')
      const link = { hash, person: person.id, again, createdAt: now(), expiresAt: now() + minutes * 60 }
      await rows.putLink(link)
      await note({ act: 'link-made', about: person.id })
      return { secret, expiresAt: link.expiresAt }
    },
    findLink(secret) {
      const link = linkOf(rows, secret)
      const person = holderOf(link)
      return link && person && { person, expiresAt: link.expiresAt, again: link.again }
    },
    async openLink(secret, browser) {
      const link = linkOf(rows, secret)
      const person = holderOf(link)
      if (link === undefined || person === undefined) throw spent()
      const opened = await sessions.begin(person, { browser, by: { link }, now: now() })
      backOff.reset(person.id)
      await note({ act: 'signed-in', person: person.id, about: 'link', from: 'page' })
      return opened
    },
    signIn,
    authenticate: (secret, at, { isActivity = true } = {}) =>
      sessions.authenticate(secret, at, { isActivity }),
    hasPassword: person => rows.findPassword(person) !== undefined,
    needsPassword: ({ openedBy, again, person }) =>
      openedBy === 'link' && again !== true && rows.findPassword(person) === undefined,
    setsPasswordFreely: setsFreely,
    setPassword,
    lastSignedIn: person => rows.lastSignedIn(person),
    sessions: person => sessions.list(person),
    async end(id) {
      const session = rows.findSession(id)
      if (session === undefined) return
      await sessions.end([id])
      await note({ act: 'signed-out', about: session.person, from: 'page' })
    },
    async endOthers({ id, person }) {
      const others = sessions.list(person).filter(each => each.id !== id)
      await sessions.end(others.map(each => each.id))
      if (others.length > 0) await note({ act: 'signed-out', about: person, from: 'page' })
    },
    async endAllOf(person) {
      const ended = sessions.list(person).map(({ id }) => id)
      await sessions.end(ended)
      if (ended.length > 0) await note({ act: 'signed-out', about: person })
      await removeLinks(rows, link => link.person === person)
    },
    async forget() {
      await sessions.forget(now())
      await removeLinks(rows, ({ expiresAt }) => expiresAt <= now())
    },
  }
}

function linkOf(rows: SignInRows, secret: string): SignInLink | undefined {
  const hash = hashOf('fl', secret)
  return hash === undefined ? undefined : rows.findLink(hash)
}

async function removeLinks(rows: SignInRows, isGone: (link: SignInLink) => boolean): Promise<void> {
  const gone = rows.listLinks().filter(isGone)
  if (gone.length > 0) await rows.removeLinks(gone.map(({ hash }) => hash))
}

/** The same words whether there is such a person or not. */
function refused(): FocalpointError<'sign-in-refused'> {
  return new FocalpointError(
    'sign-in-refused',
    'This name and password do not fit together. Write your name as colleagues see it. If you have no password yet, or forgot it, ask an administrator of this node for a sign-in link.',
    { what: 'password' },
  )
}

function isBeingSet(): FocalpointError<'too-many-requests'> {
  return new FocalpointError(
    'too-many-requests',
    'Your password is being set at this moment. Wait a few seconds, then look whether it is the new one.',
    { retryAfterSeconds: 5 },
  )
}

function wrongCurrent(): FocalpointError<'sign-in-refused'> {
  return new FocalpointError(
    'sign-in-refused',
    'This is not your current password. If you have none, or forgot it, ask an administrator of this node for a sign-in link: whoever comes in by it may set a password.',
    { what: 'current password' },
  )
}

function spent(): FocalpointError<'link-spent'> {
  return new FocalpointError(
    'link-spent',
    'This sign-in link was used already, or its time is over. Ask an administrator of this node for a new one.',
    { what: 'link' },
  )
}

function nameShared(name: string): FocalpointError<'name-shared'> {
  return new FocalpointError(
    'name-shared',
    `More than one person here is called ${name}, so the name does not say who signs in. Use a sign-in link. An administrator can disable one of them and add the person again under another name.`,
    { name },
  )
}

function isDisabled({ name }: Person): FocalpointError<'conflict'> {
  return new FocalpointError('conflict', `${name} is disabled and gets no sign-in link.`, { what: 'person' })
}

function notThere(id: string): FocalpointError<'not-found'> {
  return new FocalpointError('not-found', 'There is no such person.', { what: 'person', id })
}
