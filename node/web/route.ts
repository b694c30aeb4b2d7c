import type { Role } from '../people.ts'
import type { Markup } from './html.ts'
import type { MemberVisit, Visit } from './visit.ts'

/** What is shown in the frame that all pages have. */
export interface Page {
  title: string
  content: Markup
  /** 200 unless said otherwise. */
  status?: number
  /** Which place in the navigation it belongs to. */
  within?: string
  /** Parts with an id and `data-live` are renewed when something arrives. */
  isLive?: boolean
  /** What a screen reader is told when a renewed page says something else than before. */
  news?: string
  /** Asked for again after so many seconds, also without JavaScript: something is about to happen. */
  againAfterSeconds?: number
}

/** After something was done: the page that shows it (RFC 9110, section 15.4.4). */
export interface Redirect {
  to: string
  /** Set or, when empty, forgotten. */
  session?: string
}

/** A piece of a page, for the scripts that ask for it; without them it stands in a page. */
export interface Fragment {
  fragment: Markup
}

/** A file to take home. */
export interface Download {
  text: string
  mediaType: string
  fileName: string
}

export type Answer = Page | Redirect | Fragment | Download

interface RouteBase<V extends Visit> {
  /** As Fastify reads it: "/notices/:id". */
  path: string
  /** Looks, changes nothing. */
  show?: (visit: V) => Promise<Answer> | Answer
  /** Does what a form asks. */
  submit?: (visit: V) => Promise<Answer> | Answer
  /** Of a form, more than the usual (`webLimits.formBytes`). */
  bodyBytes?: number
}

/** A page, and who may use it: `reader` stands for every role. */
export type Route =
  | (RouteBase<Visit> & { access: 'anyone' })
  | (RouteBase<MemberVisit> & { access: readonly (Role | 'reader')[] })

export const readers = ['reader'] as const
