import type { FastifyInstance, InjectOptions } from 'fastify'
import { configOf } from '../../../node/config.ts'
import { openOffice } from '../../../node/office.ts'
import type { Person, Role } from '../../../node/people.ts'
import type { Office } from '../../../node/web/office.ts'
import { makeServer } from '../../../node/web/server.ts'
import { type MemoryDesk, memoryDesk } from '../api/memory-desk.ts'
import { temporaryStore } from '../store/builders.ts'

export interface TestOffice extends AsyncDisposable {
  office: Office & { desk: MemoryDesk }
  app: FastifyInstance
  clock: { now: number }
  add(name: string, roles: readonly Role[]): Promise<Person>
  /** The cookie of somebody who has just come in by a link. */
  signedIn(person: Person): Promise<Record<string, string>>
  /** As a browser sends it from a page of this node. */
  ask(
    method: 'GET' | 'POST',
    url: string,
    o?: Pick<InjectOptions, 'cookies' | 'headers' | 'payload'>,
  ): Promise<Answered>
}

export interface Answered {
  status: number
  text: string
  location: string | undefined
  cookie: string | undefined
}

const origin = 'http://localhost:80'

/** The pages over a desk in memory, with real sessions in a store of their own; nothing listens. */
export async function openTestOffice(): Promise<TestOffice> {
  const store = await temporaryStore()
  const clock = { now: 1_800_000_000 }
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
  const now = () => clock.now
  const onError = (error: unknown) => {
    throw error
  }
  const desk = memoryDesk()
  const config = configOf({ member: 'QM' })
  const { people, signIn, audit } = await openOffice({
    member: 'QM',
    channels: () => ['torture'],
    store,
    now,
    log,
    config,
    registry: desk.registry,
    onError,
  })
  const office = {
    desk,
    people,
    signIn,
    audit,
    openApi: () => ({ info: { description: '' }, tags: [], paths: {}, components: {} }),
    webhooks: config.delivery,
    log,
    onlyExercises: true,
    requestsPerMinute: 100_000,
    trustedProxies: ['10.0.0.0/8'],
    secureCookies: false,
    now,
  }
  const app = await makeServer(office)
  return {
    office,
    app,
    clock,
    add: (name, roles) => people.add({ name, roles }),
    async signedIn({ id }) {
      const { secret } = await signIn.createLink(id, { minutes: 5 })
      const opened = await signIn.openLink(secret, { address: '192.0.2.1', userAgent: 'A browser' })
      return { focalpoint: opened.secret }
    },
    async ask(method, url, { headers, ...asked } = {}) {
      const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
      const given = { ...(method === 'POST' && form), ...headers }
      const response = await app.inject({ method, url: `${origin}${url}`, ...asked, headers: given })
      return {
        status: response.statusCode,
        text: response.body,
        location: response.headers.location,
        cookie: response.cookies.find(({ name }) => name === 'focalpoint')?.value,
      }
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await store[Symbol.asyncDispose]()
    },
  }
}
