import { randomBytes, randomUUID } from 'node:crypto'
import { type FieldError, FocalpointError, sha256 } from '#protocol'
import { secondsNow } from './clock.ts'

/** What a person may do; every one of them may also read. */
export const roles = ['officer', 'releaser', 'customs', 'coordinator', 'admin'] as const
export type Role = (typeof roles)[number]

/** Who may read the names, identifiers and addresses of parties. */
const nominalRoles: readonly Role[] = ['officer', 'releaser', 'customs']

export interface Person {
  id: string
  name: string
  roles: readonly Role[]
  disabled: boolean
  /** Seconds since 1970. */
  createdAt: number
}

/** A bearer token as kept: the secret itself is nowhere. */
export interface Token {
  /** SHA-256 of the secret, as base64url: also the token's id. */
  hash: string
  /** The person's id. */
  person: string
  roles: readonly Role[]
  label: string
  /** Seconds since 1970, like the two below. */
  createdAt: number
  expiresAt: number
  revokedAt?: number
}

/** Where persons and tokens are kept. */
export interface PeopleRows {
  findPerson(id: string): Person | undefined
  listPeople(): Person[]
  putPerson(person: Person): Promise<void>
  findToken(hash: string): Token | undefined
  listTokens(): Token[]
  putToken(token: Token): Promise<void>
}

export interface NewToken {
  person: string
  label: string
  days: number
  /** A subset of the person's roles; all of them when absent. */
  roles?: readonly Role[]
}

/** Who asks, by which token, and what that token lets them do. */
export interface Caller {
  person: Person
  roles: readonly Role[]
  /** The token's hash. */
  token: string
}

/** A request that its sender may send again, by its Idempotency-Key, and be answered with what came of it. */
export interface Once {
  /** The person's id: keys of two persons never meet. */
  person: string
  key: string
  /** SHA-256 of all that is asked: the same key with something else is a mistake. */
  digest: string
}

export interface People {
  /** Throws `name-taken`. */
  add(person: { name: string; roles: readonly Role[] }): Promise<Person>
  /**
   * All that the person may do from now on, whatever page is open and whatever token is used. Throws
   * `last-administrator`, `conflict` for a disabled person.
   */
  changeRoles(id: string, roles: readonly Role[]): Promise<Person>
  /** Throws `last-administrator`. */
  disable(id: string): Promise<Person>
  find(id: string): Person | undefined
  list(): Person[]
  /** Whether nobody else could let people in. */
  isLastAdmin(person: Person): boolean
  /** The secret is shown this once. */
  createToken(token: NewToken): Promise<{ secret: string; token: Token }>
  revokeToken(hash: string): Promise<Token>
  /** Whatever became of it. */
  findToken(hash: string): Token | undefined
  listTokens(): Token[]
  /** `now` in seconds; undefined for a secret that is unknown, expired, revoked, or of a disabled person. */
  authenticate(bearer: string, now: number): Caller | undefined
}

const secretForm = /^fp_[A-Za-z0-9_-]{43}$/
const tokenDaysMost = 3660

/** Persons and their tokens over these rows; `now` in seconds. */
export function openPeople(rows: PeopleRows, { now = secondsNow }: { now?: () => number } = {}): People {
  let last: Promise<unknown> = Promise.resolve()
  /** One after the other: two at once would each see the other administrator, or nobody of the name. */
  const inTurn = (change: () => Person): Promise<Person> => {
    const changed = last.then(async () => {
      const person = change()
      await rows.putPerson(person)
      return person
    })
    last = changed.catch(() => {})
    return changed
  }
  return {
    add: ({ name, roles: given }) =>
      inTurn(() => {
        checkPerson(name, given)
        checkNameFree(rows, name)
        return {
          id: randomUUID(),
          name: name.trim().replaceAll(/\s+/g, ' '),
          roles: inOrder(given),
          disabled: false,
          createdAt: now(),
        }
      }),
    changeRoles: (id, given) =>
      inTurn(() => {
        const person = getPerson(rows, id)
        refuse('These roles cannot be given.', roleFaults(given, roles))
        if (person.disabled) throw isDisabled(person, 'gets no new roles')
        if (!given.includes('admin')) checkAnotherAdmin(rows, person)
        return { ...person, roles: inOrder(given) }
      }),
    disable: id =>
      inTurn(() => {
        const person = getPerson(rows, id)
        checkAnotherAdmin(rows, person)
        return { ...person, disabled: true }
      }),
    find: id => rows.findPerson(id),
    list: () => rows.listPeople(),
    isLastAdmin: person => isLastAdmin(person, rows.listPeople()),
    createToken: async wanted => {
      const person = getPerson(rows, wanted.person)
      checkToken(person, wanted)
      const secret = `fp_${randomBytes(32).toString('base64url')}`
      const token = {
        hash: sha256(secret),
        person: person.id,
        roles: inOrder(wanted.roles ?? person.roles),
        label: wanted.label.trim(),
        createdAt: now(),
        expiresAt: now() + wanted.days * 86_400,
      }
      await rows.putToken(token)
      return { secret, token }
    },
    revokeToken: async hash => {
      const token = rows.findToken(hash)
      if (!token)
        throw new FocalpointError('not-found', 'There is no such token.', { what: 'token', id: hash })
      const revoked = { ...token, revokedAt: token.revokedAt ?? now() }
      await rows.putToken(revoked)
      return revoked
    },
    findToken: hash => rows.findToken(hash),
    listTokens: () => rows.listTokens(),
    authenticate: (bearer, at) => authenticate(rows, bearer, at),
  }
}

/** Whether one of these roles reads the parts that name people and companies. */
export function readsNominal(held: readonly Role[]): boolean {
  return held.some(role => nominalRoles.includes(role))
}

function isLastAdmin({ id, roles, disabled }: Person, people: readonly Person[]): boolean {
  return (
    !disabled &&
    roles.includes('admin') &&
    !people.some(each => each.id !== id && !each.disabled && each.roles.includes('admin'))
  )
}

function authenticate(rows: PeopleRows, bearer: string, now: number): Caller | undefined {
  if (!secretForm.test(bearer)) return undefined
  const token = rows.findToken(sha256(bearer))
  if (!token || token.revokedAt !== undefined || token.expiresAt <= now) return undefined
  const person = rows.findPerson(token.person)
  if (!person || person.disabled) return undefined
  return { person, roles: token.roles.filter(role => person.roles.includes(role)), token: token.hash }
}

function checkPerson(name: string, given: readonly string[]): void {
  const errors: FieldError[] = []
  if (name.trim() === '')
    errors.push({ pointer: '/name', code: 'missing', detail: 'Give the name of the person.' })
  errors.push(...roleFaults(given, roles))
  refuse('This person cannot be added.', errors)
}

function checkToken(person: Person, { label, days, roles: wanted }: NewToken): void {
  if (person.disabled) throw isDisabled(person, 'gets no new token')
  const errors: FieldError[] = []
  if (label.trim() === '')
    errors.push({ pointer: '/label', code: 'missing', detail: 'Say what the token is for.' })
  if (!Number.isInteger(days) || days < 1 || days > tokenDaysMost) {
    errors.push({ pointer: '/days', code: 'form', detail: `Give whole days, from 1 to ${tokenDaysMost}.` })
  }
  if (wanted) errors.push(...roleFaults(wanted, person.roles))
  refuse('This token cannot be made.', errors)
}

function roleFaults(given: readonly string[], allowed: readonly Role[]): FieldError[] {
  if (given.length === 0)
    return [{ pointer: '/roles', code: 'too-little', detail: 'Give at least one role.' }]
  return given.flatMap((role, at) =>
    (allowed as readonly string[]).includes(role)
      ? []
      : [{ pointer: `/roles/${at}`, code: 'vocabulary', detail: `Use one of: ${allowed.join(', ')}.` }],
  )
}

function refuse(message: string, errors: FieldError[]): void {
  if (errors.length > 0) throw new FocalpointError('request-malformed', message, { errors })
}

function getPerson(rows: PeopleRows, id: string): Person {
  const person = rows.findPerson(id)
  if (!person) throw new FocalpointError('not-found', 'There is no such person.', { what: 'person', id })
  return person
}

function checkNameFree(rows: PeopleRows, name: string): void {
  const taken = rows.listPeople().find(each => !each.disabled && nameAsRead(each.name) === nameAsRead(name))
  if (taken === undefined) return
  throw new FocalpointError(
    'name-taken',
    `Somebody called ${taken.name} is here already, and a person signs in by name. Add something that tells the two apart, such as the office: "${taken.name}, second floor".`,
    { name: taken.name },
  )
}

/** As a hurried reader tells names apart: not by capitals, spaces, or what cannot be seen. */
export function nameAsRead(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Cf}]/gu, '')
}

function checkAnotherAdmin(rows: PeopleRows, person: Person): void {
  if (!isLastAdmin(person, rows.listPeople())) return
  throw new FocalpointError(
    'last-administrator',
    `Nobody but ${person.name} is administrator here, and without one nobody could let anybody in. Add another administrator first.`,
    { person: person.id },
  )
}

function isDisabled({ name }: Person, why: string): FocalpointError<'conflict'> {
  return new FocalpointError('conflict', `${name} is disabled and ${why}.`, { what: 'person' })
}

function inOrder(given: readonly Role[]): Role[] {
  return roles.filter(role => given.includes(role))
}
