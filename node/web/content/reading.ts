import type { Json, JsonObject, NoticeType } from '#protocol'
import type { Visit } from '../visit.ts'
import type { FormField } from './form.ts'

/** Somebody reading one body: all that its values need to be put into words. */
export interface Reading {
  visit: Visit
  types: readonly NoticeType[]
  body: JsonObject
  /** Undefined for a type that this version does not know: then it is shown as it stands. */
  form: FormField | undefined
  /** Who the parties are, where the reader may know. */
  nominal?: JsonObject | undefined
  /** Why there are no names, in the reader's language. */
  noNames?: string | undefined
}

/** One value of it, and where it stands. */
export interface Placed {
  value: Json | undefined
  /** Before it was corrected; absent where nothing was. */
  was?: { value: Json | undefined } | undefined
  field: FormField | undefined
  name: string
  reading: Reading
}
