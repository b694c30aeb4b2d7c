import type { Audit } from '../audit.ts'
import type { Desk } from '../desk/desk.ts'
import type { People } from '../people.ts'
import type { SignIn } from '../sign-in/sign-in.ts'

/** What the pages are handed: all that they show and do goes through it. */
export interface Office {
  desk: Desk
  people: People
  /** How people come in, and how long they stay. */
  signIn: SignIn
  audit: Audit
  /** What the API says of itself (OpenAPI 3.1). */
  openApi: () => object
  /** Where webhooks may go, as configured. */
  webhooks: WebhookRules
  log: PagesLog
  /** Whatever is drafted here is marked as an exercise, and every page says so. */
  onlyExercises: boolean
  /** Requests of each session in a minute; without one, of each address. */
  requestsPerMinute: number
  /** Addresses and networks whose word for where a request comes from is taken. */
  trustedProxies: readonly string[]
  /** Whether cookies travel over TLS only. */
  secureCookies: boolean
  /** Seconds since 1970. */
  now: () => number
}

export interface WebhookRules {
  /** CIDR; none: nowhere. */
  allowNetworks: readonly string[]
  allowPorts: readonly string[]
  allowHttp: boolean
}

/** One structured line per fact; never a body, never a key. */
export interface PagesLog {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}
