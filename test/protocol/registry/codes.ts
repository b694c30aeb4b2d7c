/** The code of what a function throws, or `accepted`. */
export function codeOfThrown(attempt: () => unknown): string {
  try {
    attempt()
    return 'accepted'
  } catch (error) {
    return codeOf(error)
  }
}

/** The code with which a promise is rejected, or `accepted`. */
export function codeOfRejected(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(() => 'accepted', codeOf)
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}
