import { onTestFinished } from 'vitest'
import { noticeTypes } from '#protocol'
import { Drafts } from '../../../node/drafts.ts'
import { unfinishedOf } from '../../../node/unfinished.ts'
import { temporaryStore } from '../store/builders.ts'
import { openTestOffice } from './open-test-office.ts'

/** An officer at the pages, over a store for what is half written, in a channel with one other participant, QN. */
export async function openDraftingOffice() {
  const at = await openTestOffice()
  const store = await temporaryStore()
  onTestFinished(async () => {
    await at[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })
  const { desk } = at.office
  at.clock.now = Date.parse('2026-03-01T12:00:00Z') / 1000
  const now = () => at.clock.now
  const channels = () => ['torture']
  const drafts = new Drafts({ member: 'QM', channels, store, types: noticeTypes, now })
  desk.unfinished = unfinishedOf({ store, drafts, now })
  const { members, ...registry } = desk.registry()
  const [first] = members.members
  if (first === undefined) throw new TypeError('no member')
  const both = ['QM', 'QN'].map(id => ({ ...first, id, status: 'active' as const, channels: ['torture'] }))
  desk.registry = () => ({ ...registry, members: { ...members, members: both } })
  const officer = await at.add('A. Heron', ['officer'])
  const cookies = await at.signedIn(officer)
  return {
    drafts,
    desk,
    officer,
    /** Looks, or sends a form. */
    ask: (address: string, form?: Record<string, string>) =>
      form === undefined
        ? at.ask('GET', address, { cookies })
        : at.ask('POST', address, { cookies, payload: new URLSearchParams(form).toString() }),
    /** Sends a form with its files, as a browser without script does. */
    async upload(address: string, form: FormData) {
      const { headers, body } = new Response(form) as Response & { body: ReadableStream }
      const type = headers.get('content-type') ?? ''
      const payload = Buffer.from(await new Response(body).arrayBuffer())
      return at.ask('POST', address, { cookies, payload, headers: { 'content-type': type } })
    },
  }
}
