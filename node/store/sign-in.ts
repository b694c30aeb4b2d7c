import { FocalpointError } from '#protocol'
import type { Failures, OpenedBy, Password, Session, SignInLink, SignInRows } from '../sign-in/sign-in.ts'
import { fieldOf, tables } from './keys.ts'
import { jsonRows, type Mirror } from './mirror.ts'
import { late, type Operation, put, putJson, remove } from './operation.ts'

export interface SignInOptions {
  mirrors: Record<'session' | 'link' | 'password' | 'failures' | 'signedin', Mirror>
  write: (operations: readonly Operation[]) => Promise<void>
}

/** What must not happen twice is judged in the moment in which its turn is fixed: there every earlier row is seen. */
export function signInRowsIn({ mirrors, write }: SignInOptions): SignInRows {
  const sessions = jsonRows<Session>(mirrors.session)
  const links = jsonRows<SignInLink>(mirrors.link)
  const passwords = jsonRows<Password>(mirrors.password)
  /** Asked for, and not yet on disk. */
  const beginning = new Set<Session>()
  return {
    findSession: id => sessions.find(tables.session.key(id)),
    listSessions: sessions.list,
    lastSignedIn(person) {
      const at = mirrors.signedin.get(tables.signedIn.key(person))
      return at === undefined ? undefined : Number(at)
    },
    knowsSignIns: () => mirrors.signedin.count() > 0,
    putSignIns: all => write([...all].map(([person, at]) => put(tables.signedIn.key(person), String(at)))),
    async beginSession(session, by) {
      beginning.add(session)
      await write(beginOps(session, by)).finally(() => beginning.delete(session))
    },
    touchSession: (id, lastSeenAt) =>
      write(
        late(view => {
          const held = view.get(tables.session.key(id))
          return held === undefined
            ? []
            : [putJson(tables.session.key(id), { ...JSON.parse(held), lastSeenAt })]
        }),
      ),
    endSessions: ids => write(ids.map(id => remove(tables.session.key(id)))),
    findLink: hash => links.find(tables.link.key(hash)),
    listLinks: links.list,
    putLink: link => write([putJson(tables.link.key(link.hash), link)]),
    removeLinks: hashes => write(hashes.map(hash => remove(tables.link.key(hash)))),
    findPassword: person => passwords.find(tables.password.key(person)),
    putPassword: (password, { by }) =>
      write(
        late(view => {
          if (view.get(tables.session.key(by)) === undefined) throw hasEnded()
          const others = [...sessions.list(), ...beginning].filter(
            ({ id, person }) => person === password.person && id !== by,
          )
          return [
            putJson(tables.password.key(password.person), password),
            ...others.map(({ id }) => remove(tables.session.key(id))),
          ]
        }),
      ),
    replacePassword: (old, next) =>
      write(
        late(view => {
          const key = tables.password.key(old.person)
          return view.get(key) === JSON.stringify(old) ? [putJson(key, next)] : []
        }),
      ),
    listFailures: () =>
      mirrors.failures
        .entries()
        .map(([key, value]) => ({ person: fieldOf(key, 1), failures: JSON.parse(value) as Failures })),
    putFailures: (person, failures) =>
      write([
        failures === undefined
          ? remove(tables.failures.key(person))
          : putJson(tables.failures.key(person), failures),
      ]),
  }
}

function beginOps(session: Session, by: OpenedBy): Operation[] {
  return late(view => {
    const begun = [
      putJson(tables.session.key(session.id), session),
      put(tables.signedIn.key(session.person), String(session.createdAt)),
    ]
    if ('link' in by) {
      const key = tables.link.key(by.link.hash)
      if (view.get(key) === undefined) throw wasUsed()
      return by.link.again ? begun : [...begun, remove(key)]
    }
    const key = tables.password.key(session.person)
    if (view.get(key) !== JSON.stringify(by.password)) throw wasChanged()
    return begun
  })
}

function wasUsed(): FocalpointError<'link-spent'> {
  return new FocalpointError(
    'link-spent',
    'This sign-in link was used at this very moment. Ask for a new one.',
    {
      what: 'link',
    },
  )
}

function wasChanged(): FocalpointError<'sign-in-refused'> {
  return new FocalpointError(
    'sign-in-refused',
    'The password was changed at this very moment. Use the new one.',
    {
      what: 'password',
    },
  )
}

function hasEnded(): FocalpointError<'unauthenticated'> {
  return new FocalpointError('unauthenticated', 'Your session has ended. Sign in again.', { what: 'session' })
}
