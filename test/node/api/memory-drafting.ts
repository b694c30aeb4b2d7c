import type { Desk } from '../../../node/desk/desk.ts'

/** What only pages ask for: the API never comes here. */
export function memoryDrafting(): Pick<Desk, 'unfinished' | 'sendings'> {
  const never = () => Promise.reject(new Error('The API does not ask for this.'))
  return {
    unfinished: {
      list: () => [],
      find: () => undefined,
      create: never,
      replace: never,
      settled: async () => {},
      remove: never,
      finish: never,
    },
    sendings: { pauseSeconds: 0, list: () => [], find: () => undefined, begin: never, stop: never },
  }
}
