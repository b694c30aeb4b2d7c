/** One thing that a document changes, in words for the person who is to sign it. */
export interface Change {
  /** A member's id, or "registry" where it concerns all. */
  about: string
  /** A stable word for programs. */
  kind: string
  text: string
  /** Worth a second look before signing. */
  danger: boolean
}

export function plain(about: string, kind: string, text: string): Change {
  return { about, kind, text, danger: false }
}

export function danger(about: string, kind: string, text: string): Change {
  return { about, kind, text, danger: true }
}
