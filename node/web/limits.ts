/** Limits of this room: the unit is in the name, the reason beside it. */
export const webLimits = {
  /** The longest draft, each letter of it percent-encoded thrice over. */
  formBytes: 1024 * 1024,
  /** Of all fields of the widest form, with its parties and goods repeated. */
  formFields: 2000,
  /** A handful of windows for each person of an office. */
  followersMost: 200,
  /** Proxies close silent connections after 30 to 60 s. */
  heartbeatMs: 15_000,
  userAgentCharacters: 200,
} as const
