import { AsyncLocalStorage } from 'node:async_hooks'
import type { Role } from './people.ts'

/** What persons do here that matters; a page says each in the reader's language. */
export const acts = [
  'signed-in',
  'sign-in-refused',
  'signed-out',
  'locked-out',
  'link-made',
  'password-set',
  'draft-made',
  'draft-changed',
  'draft-removed',
  'draft-returned',
  'draft-released',
  'sending-begun',
  'sending-stopped',
  'notice-opened',
  'token-made',
  'token-revoked',
  'person-added',
  'roles-changed',
  'person-disabled',
  'subscription-made',
  'subscription-changed',
  'subscription-removed',
  'consignment-kept',
  'consignment-removed',
  'column-map-changed',
  'column-map-removed',
  'export-made',
  'backup-made',
  'document-adopted',
] as const
export type Act = (typeof acts)[number]

/** Who does something, by which door. */
export interface Acting {
  /** The person's id. */
  person: string
  from: 'page' | 'api' | 'cli'
  /** The hash of the token by which, where it is by one. */
  token?: string
}

export interface NewAct {
  act: Act
  /** The person's id; whoever is acting by default. None: nobody known, or the node itself. */
  person?: string
  /** Ids and words of this node, never what somebody typed. */
  about?: string
  /** The id of the person whose token it is about. */
  whose?: string
  /** All that the person whom it is about may do from then on. */
  roles?: readonly Role[]
  from?: Acting['from']
  token?: string
}

export interface AuditEntry extends NewAct {
  /** From 1, without a hole. */
  number: number
  /** Seconds since 1970. */
  at: number
}

/** What a look at the whole chain finds: `number` is the first place at which it does not hold. */
export type AuditCheck =
  | { isWhole: true; entries: number; last: AuditEnd }
  | { isWhole: false; number: number; what: 'removed' | 'changed' }

/** The number and hash of a row: who notes it elsewhere can tell later that nothing up to it was rewritten. */
export interface AuditEnd {
  number: number
  /** SHA-256 of the canonical row, as base64url. */
  hash: string
}

export interface AuditRows {
  /** Durable, and chained to the row before, once it resolves. */
  append(entry: Omit<AuditEntry, 'number'>): Promise<void>
  /** Newest first, only those with a smaller number than `before`. */
  before(number: number | undefined, limit: number): Promise<AuditEntry[]>
  check(): Promise<AuditCheck>
  /** Takes rows away from the front, and notes where the chain begins now; gives how many. */
  removeBefore(at: number): Promise<number>
}

export interface Audit {
  /** Never throws: what was done is done. */
  note(act: NewAct): Promise<void>
  /** Newest first. */
  list(o: { before?: number; limit: number; person?: string; act?: Act }): Promise<AuditEntry[]>
  check(): Promise<AuditCheck>
  /** Whatever is noted within is noted of this person, and of this door. */
  as<Made>(acting: Acting, work: () => Made): Made
  /** Takes away what is older than two years. */
  forget(): Promise<void>
}

const keptForSeconds = 2 * 366 * 86_400
const rowsPerPage = 500

export interface AuditOptions {
  rows: AuditRows
  /** Seconds since 1970. */
  now: () => number
  /** Told when an act could not be noted. */
  onError: (error: unknown) => void
}

/** The trail of what persons did: it only grows at its end, and ends only at its beginning. */
export function openAudit({ rows, now, onError }: AuditOptions): Audit {
  const acting = new AsyncLocalStorage<Acting>()
  return {
    async note(act) {
      try {
        await rows.append({ ...acting.getStore(), ...act, at: now() })
      } catch (error) {
        onError(error)
      }
    },
    async list({ before, limit, person, act }) {
      const found: AuditEntry[] = []
      for (let from = before; found.length < limit; ) {
        const page = await rows.before(from, rowsPerPage)
        for (const entry of page) {
          const isWanted = person === undefined || [entry.person, entry.about, entry.whose].includes(person)
          if (isWanted && (act === undefined || entry.act === act)) found.push(entry)
        }
        from = page.at(-1)?.number
        if (page.length < rowsPerPage) break
      }
      return found.slice(0, limit)
    },
    check: () => rows.check(),
    as: (who, work) => acting.run(who, work),
    async forget() {
      await rows.removeBefore(now() - keptForSeconds)
    },
  }
}
