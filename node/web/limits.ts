/** Limits of this room: the unit is in the name, the reason beside it. */
export const webLimits = {
  /** The longest draft, each letter of it percent-encoded thrice over. */
  formBytes: 1024 * 1024,
  /** Of all fields of the widest form, with its parties and goods repeated. */
  formFields: 2000,
  /** Of one file: some 60,000 lines. */
  uploadBytes: 8 * 1024 * 1024,
  /** As many as one list of a draft has entries. */
  uploadFiles: 20,
  /** The file, or as much pasted, and the fields beside it. */
  uploadFormBytes: 9 * 1024 * 1024,
  /** Lines of one list that a page screens before it answers; longer ones go by the API. */
  screenedLinesMost: 5000,
  /** A person reads no more of them on one page. */
  screenedLinesShown: 100,
  /** Lines that are screened in one go, between two looks at everything else. */
  screenedPerTurn: 16,
  /** Lists that are screened at the same time: each takes its share of one processor. */
  screeningsMost: 2,
  /** A handful of windows for each person of an office. */
  followersMost: 200,
  /** Proxies close silent connections after 30 to 60 s. */
  heartbeatMs: 15_000,
  userAgentCharacters: 200,
} as const
