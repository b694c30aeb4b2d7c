import type { z } from 'zod'
import type { JsonObject } from './canonical.ts'
import type { Category } from './channels.ts'
import type { Draft, Rel } from './draft.ts'
import type { FieldError } from './errors.ts'
import type { Corrects, Deadline, Gist, Urgency } from './reading.ts'
import type { TradeFlow } from './trade-flow.ts'

/** Who may answer a notice with this type, and what the answer does to it. */
export interface AnswerRule {
  /** The reference that makes it an answer. */
  rel: Rel
  /** The body's field that holds the id of the notice it answers, beside the reference. */
  field: string
  /** `issuer`: takes effect only from the issuer of the notice it refers to; `anyone`: always. */
  from: 'issuer' | 'anyone'
  /** The status that the notice it refers to has from then on; none: a remark beside it. */
  status?: 'withdrawn' | 'corrected'
}

/** All that one kind of notice must say of itself; everything else in the program is derived from it. */
export interface NoticeType<Name extends string = string, Body extends z.ZodObject = z.ZodObject> {
  /** As in the envelope's `type`: `^[a-z][a-z0-9-]{0,31}$`. */
  name: Name
  /** What people call it, with its initial capital: "Denial notice". */
  label: string
  /** One sentence for the form and the API: what it is for. */
  purpose: string
  /** The form of `body`; every field has a title and a description. */
  body: Body
  /** Whether parties are named in a `nominal` part, keyed as the body's parties are. */
  nominal: boolean
  /** How it answers another notice; absent for one that stands by itself. */
  answers?: AnswerRule
  /** What it is to threat platforms: something to look out for, or that something was seen; absent: nothing. */
  intelligence?: 'lookout' | 'seen'
  /** One line for lists, in plain words, of at most 120 characters; never a party's name. */
  summary: (body: z.infer<Body>) => string
  /** What a person reads first of it, before the whole body; absent: nothing. */
  gist?: Gist<keyof z.infer<Body> & string>
  /** How soon a reader should look; absent: routine. */
  urgency?: (body: z.infer<Body>) => Urgency
  /** The days by which somebody must have done something, or from which on it no longer counts. */
  deadlines?: (body: z.infer<Body>) => Deadline[]
  /** For an answer that puts the notice right. */
  corrects?: Corrects<z.infer<Body>>
  /** What the store finds it by. */
  keys: (body: z.infer<Body>) => IndexKeys
  /** What it tells of trade; a correction tells what it should have been. */
  tradeFlow?: (body: z.infer<Body>) => TradeFlow | undefined
  /** What a consignment can meet in it; without this, or where it gives nothing, it is not screened against. */
  screening?: (body: z.infer<Body>) => ScreeningKeys | undefined
  /** What the day of drafting and of release (YYYY-MM-DD) makes wrong in a draft of this body, pointers into the body; it may be incomplete. */
  faultsOn?: (body: Partial<z.infer<Body>>, day: string) => FieldError[]
  /** What a form fills in while the body is being written; whatever is not there yet is not asked for. */
  suggest?: (body: JsonObject, about: { day: string }) => Suggestions
  /** Complete, valid drafts; the first is the simplest. */
  examples: readonly Draft[]
}

/** JSON Pointer into the body → what an input there would hold. */
export interface Suggestions {
  /** Follows from other fields by law: nobody is asked. */
  fixed?: { [pointer: string]: string }
  /** Offered, and changed where it is otherwise. */
  usual?: { [pointer: string]: string }
}

/** What a notice can be found by, as given in its body; an answering type may leave all of them empty. */
export interface IndexKeys {
  /** Of its goods: the channel follows from them, or, where there are none, from the notice it answers. */
  category: Category[]
  /** Goods list items and watch list items. */
  goods: string[]
  /** HS codes, digits only, at least 4. */
  hs: string[]
  /** ISO 3166-1 alpha-2. */
  country: string[]
  /** The national or network reference. */
  reference: string[]
}

/** Infers the type's name and form from the literal. */
export function defineNoticeType<const Name extends string, Body extends z.ZodObject>(
  type: NoticeType<Name, Body>,
): NoticeType<Name, Body> {
  return type
}

/** What a consignment can meet in a notice beside its parties, each with a JSON Pointer to where in the body it stands. */
export interface ScreeningKeys {
  /** The last day on which it is looked at (YYYY-MM-DD); absent: always. */
  until?: string
  /** What was seen was found to be in order: meeting it is told, and is no reason to look again. */
  isHarmless?: boolean
  /** Goods list items and watch list items. */
  items: Located[]
  /** HS codes, digits only, at least 4. */
  hs: Located[]
  /** What a product is called: by its maker, on the box, in the trade. */
  products: Located[]
  /** ISO 3166-1 alpha-2. */
  destinations: Located[]
  /** What it travelled in or under, as `kind:number`. */
  carriers: Located[]
}

export interface Located {
  at: string
  value: string
}
