/** The small grammars of the wire format. */
export const patterns = {
  /** 32 bytes in base64url: the last of 43 characters carries four bits. */
  digest: /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/,
  /** Two letters are kept for ISO 3166-1 and EU. */
  member: /^[A-Z][A-Z0-9]{1,7}$/,
  /** Notice types, channels, part names, relations. */
  name: /^[a-z][a-z0-9-]{0,31}$/,
  /** 16 bytes in base64url. */
  salt: /^[A-Za-z0-9_-]{21}[AQgw]$/,
  net: /^[a-z2-7]{52}$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
} as const
