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
  add(person: { name: string; roles: readonly Role[] }): Promise<Person>
  disable(id: string): Promise<Person>
  find(id: string): Person | undefined
  list(): Person[]
  /** The secret is shown this once. */
  createToken(token: NewToken): Promise<{ secret: string; token: Token }>
  revokeToken(hash: string): Promise<Token>
  listTokens(): Token[]
  /** `now` in seconds; undefined for a secret that is unknown, expired, revoked, or of a disabled person. */
  authenticate(bearer: string, now: number): Caller | undefined
}

const secretForm = /^fp_[A-Za-z0-9_-]{43}$/
const tokenDaysMost = 3660

/** Persons and their tokens over these rows; `now` in seconds. */
export function openPeople(rows: PeopleRows, { now = secondsNow }: { now?: () => number } = {}): People {
  return {
    add: async ({ name, roles: given }) => {
      checkPerson(name, given)
      const person = {
        id: randomUUID(),
        name: name.trim(),
        roles: inOrder(given),
        disabled: false,
        createdAt: now(),
      }
      await rows.putPerson(person)
      return person
    },
    disable: async id => {
      const person = { ...getPerson(rows, id), disabled: true }
      await rows.putPerson(person)
      return person
    },
    find: id => rows.findPerson(id),
    list: () => rows.listPeople(),
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
    listTokens: () => rows.listTokens(),
    authenticate: (bearer, at) => authenticate(rows, bearer, at),
  }
}

/** Whether one of these roles reads the parts that name people and companies. */
export function readsNominal(held: readonly Role[]): boolean {
  return held.some(role => nominalRoles.includes(role))
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
  if (person.disabled) {
    throw new FocalpointError('conflict', `${person.name} is disabled and gets no new token.`, {
      what: 'person',
    })
  }
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

function inOrder(given: readonly Role[]): Role[] {
  return roles.filter(role => given.includes(role))
}
