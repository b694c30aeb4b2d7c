import { openPeople, type People, type PeopleRows, type Person, type Role } from '../../../node/people.ts'
import { peopleRowsOf } from '../../../node/people-rows.ts'
import { argon2id } from '../../../node/sign-in/hashing.ts'
import { openSignIn } from '../../../node/sign-in/open.ts'
import type { PageRules, SignIn } from '../../../node/sign-in/sign-in.ts'
import type { Store } from '../../../node/store/index.ts'
import { temporaryStore } from '../store/builders.ts'

export const rules: PageRules = {
  idleSeconds: 1800,
  sessionSeconds: 43_200,
  secureCookies: true,
  origin: undefined,
}
export const browser = { address: '192.0.2.1', userAgent: 'A browser' }
export const password = 'several quiet herons'

export interface TestSignIn extends AsyncDisposable {
  dir: string
  store: Store
  people: People
  rows: PeopleRows
  signIn: SignIn
  clock: { now: number }
  /** How often a password was hashed. */
  runs: () => number
  /** Acts as they were noted. */
  noted: string[]
  add: (name: string, roles?: readonly Role[]) => Promise<Person>
  /** A person with a password, set in a session that a link opened. */
  addWithPassword: (name: string) => Promise<Person>
}

/** Real rows in a store of its own, real hashes, and a clock to be turned. */
export async function openTestSignIn({
  dir,
  at = 1_800_000_000,
}: {
  dir?: string
  at?: number
} = {}): Promise<TestSignIn> {
  const store = await temporaryStore(dir === undefined ? {} : { dir })
  const clock = { now: at }
  const noted: string[] = []
  let runs = 0
  const rows = await peopleRowsOf(store)
  const people = openPeople(rows, { now: () => clock.now })
  const signIn = openSignIn({
    rows: store.signIn,
    people,
    rules,
    ownWords: () => ['Quillmark'],
    now: () => clock.now,
    note: async ({ act }) => void noted.push(act),
    onError: error => void noted.push(String(error)),
    hash: (...given) => {
      runs += 1
      return argon2id(...given)
    },
  })
  const add = (name: string, roles: readonly Role[] = ['officer']) => people.add({ name, roles })
  return {
    dir: store.dir,
    store,
    people,
    rows,
    signIn,
    clock,
    runs: () => runs,
    noted,
    add,
    async addWithPassword(name) {
      const person = await add(name)
      const { secret } = await signIn.createLink(person.id, { minutes: 15 })
      await signIn.setPassword(await signIn.openLink(secret, browser), { next: password })
      return person
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  }
}
