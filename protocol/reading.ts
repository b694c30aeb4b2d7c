import type { Json, JsonObject } from './canonical.ts'

/** What a reader asks first of a notice, in this order. */
export const questions = ['what', 'goods', 'who', 'where', 'when', 'why', 'action'] as const
export type Question = (typeof questions)[number]

/** Question → the fields of the body that answer it, in the order in which they are read. */
export type Gist<Field extends string = string> = { readonly [question in Question]?: readonly Field[] }

/** How soon a reader should look, most pressing first. */
export const urgencies = ['flash', 'priority', 'routine'] as const
export type Urgency = (typeof urgencies)[number]

/** A day that the law or the notice sets. */
export interface Deadline {
  /** YYYY-MM-DD. */
  day: string
  /** JSON Pointer to the field that sets it: its title says what is due. */
  at: string
  /** Whom it binds: who releases the draft, who issued it, whoever received it. */
  binds: 'release' | 'issuer' | 'readers'
  /** The article that sets it: "ATR 23(1)". */
  article?: string
}

/** What a correcting type makes of the body that it answers. */
export interface Corrects<Body> {
  /** The body as it should have been; undefined where the change does not fit it. */
  corrected: (body: Body, was: JsonObject) => JsonObject | undefined
  /** Where in this body that stands (JSON Pointers) which a place of the body it corrects then holds. */
  placeOf: (body: Body, at: string) => string
  /** The fields of a correction that puts right this one value; `at` is a JSON Pointer into the body. */
  ofOne: (at: string, value: Json) => JsonObject
}
