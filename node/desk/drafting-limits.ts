/** Limits of what is half written: the unit is in the name, the reason beside it. */
export const draftingLimits = {
  /** As much as a whole notice may have. */
  rowBytes: 128 * 1024,
  /** Fields that are answered: those of a long notice some three times over. What reads a form looks at each for each. */
  answersMost: 1000,
  /** Of a record, such as parties; a list has its own number. */
  entriesMost: 50,
  /** Nobody writes at more at once. */
  openMostPerPerson: 100,
  /** A hundred drafts as they usually are, and some of the largest: a list of drafts reads them all. */
  bytesMostPerPerson: 1024 * 1024,
  /** Of its field's own limit: what is too long is kept and told, so that it can be shortened. */
  answerTimesMost: 2,
  /** Of an answer whose field has no limit of its own. */
  answerCharacters: 16_000,
} as const
