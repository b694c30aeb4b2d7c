/** Parts that every role reads; all others may name people and companies, whatever a member calls them. */
const readByAll: readonly string[] = ['body', 'readers']

/** Whether whoever may, or may not, read names may have this part. */
export function mayHavePart(name: string, { nominal }: { nominal: boolean }): boolean {
  return nominal || readByAll.includes(name)
}
