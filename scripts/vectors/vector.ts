import type { Json } from '#protocol'

/** One case: what goes in, and what must come out. Further members are said in the README of the vectors. */
export interface Vector {
  name: string
  /** One sentence. */
  what: string
  /** `accepted`, or the code of the refusal. */
  expect: string
  [more: string]: Json
}

/** One file of vectors. */
export interface VectorFile {
  /** How its vectors are run, for who has another program. */
  about: string
  vectors: Vector[]
}
