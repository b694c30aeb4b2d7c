import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Json, noticeTypes } from '#protocol'
import { chromiumPath, noChromium, openBrowser } from '../../scripts/pages/browser.ts'
import { eventually } from '../eventually.ts'
import { HostilePeer } from '../network/hostile-peer.ts'
import { type Participant, Participants } from '../network/participants.ts'
import { Pen } from '../network/pen.ts'

// A member's node that signs whatever it likes: every text of every type of notice is replaced by what would run, fetch,
// or turn text round in a careless page.

const marker = 'window.hostile=1'
const running = [
  `<script>${marker}</script>`,
  `"><img src=x onerror="${marker}">`,
  `'><svg onload=${marker}>`,
  `<svg><animate onbegin=${marker} attributeName=x dur=1s>`,
  `javascript:${marker}`,
  `<a href="javascript:${marker}" autofocus onfocus=${marker}>`,
  `</title><script>${marker}</script>`,
  `</textarea><script>${marker}</script>`,
  `<iframe srcdoc="<script>parent.${marker}</script>">`,
  `<style>@import "http://127.0.0.1:9/x"</style>`,
  `<meta http-equiv="refresh" content="0;url=javascript:${marker}">`,
  `<base href="http://127.0.0.1:9/">`,
  `<form action="http://127.0.0.1:9/"><button>Release</button>`,
  `{{constructor.constructor('${marker}')()}}`,
  `\${${marker}}`,
  `<!--<script>-->${marker}<!--</script>-->`,
  `<math><mtext><table><mglyph><style><img src=x onerror=${marker}>`,
  `<noscript><p title="</noscript><img src=x onerror=${marker}>">`,
  `<template><script>${marker}</script></template>`,
  `data:text/html,<script>${marker}</script>`,
]
const turning = [
  'refused \u202Edesufer\u202C',
  'a\u2066b\u2069\u200Fc',
  'null\u0000\u0007bell',
  '\u200B\uFEFF',
]
const corpus = [...running, ...turning]

const open = new AsyncDisposableStack()
let victim: Participant
let browser: Awaited<ReturnType<typeof openBrowser>>
const ids: string[] = []

beforeAll(async () => {
  if (chromiumPath === undefined) return
  const alliance = open.use(await Participants.make(3))
  const [honest] = await alliance.openReady(['QM', 'QN'] as const)
  victim = honest
  const hostile = open.use(await HostilePeer.open('XD', alliance))
  await hostile.connect([victim])
  const pen = new Pen('XD', alliance)
  for (const [at, { text, id }] of hostileNotices(pen).entries()) {
    ids.push(id)
    await hostile.gossip(text)
    await eventually(async () => expect(await victim.notices()).toHaveLength(at + 1))
  }
  browser = open.use(await openBrowser())
})
afterAll(() => open.disposeAsync())

test('nothing that a hostile member wrote runs, loads, or turns text round, on any page', async ({
  skip,
}) => {
  skip(chromiumPath === undefined, noChromium)
  const { node } = victim
  const person = await node.people.add({ name: 'Reader', roles: ['officer', 'customs', 'coordinator'] })
  const { secret } = await node.signIn.createLink(person.id, { minutes: 5, again: true })
  const context = await browser.newContext({ baseURL: node.url })
  const page = await context.newPage()
  const happened: string[] = []
  const asked: string[] = []
  page.on('dialog', dialog => void dialog.dismiss().finally(() => happened.push(dialog.message())))
  page.on('console', message => {
    if (/Content Security Policy/.test(message.text())) happened.push(message.text())
  })
  page.on('request', request => asked.push(request.url()))
  await page.goto(`/sign-in/${secret}`)
  const addresses = [
    '/',
    '/notices',
    `/notices?q=${encodeURIComponent(running[1] ?? '')}`,
    '/products',
    '/flows',
    '/network',
    '/screen',
    ...ids.flatMap(id =>
      ['', '?view=raw', '?view=verify', '?view=print'].map(view => `/notices/${id}${view}`),
    ),
  ]
  for (const address of addresses) {
    const response = await page.goto(address)
    expect({ address, status: response?.status() }).toEqual({ address, status: 200 })
    expect(await page.evaluate(() => 'hostile' in window)).toBe(false)
    const text = await page.evaluate(() => document.documentElement.outerHTML)
    const isRaw = address.includes('view=raw') || address.includes('view=verify')
    if (!isRaw)
      expect({ address, turned: /(?![\n\r\t])[\p{Cc}\u202A-\u202E]/u.exec(text)?.[0] }).toEqual({ address })
  }
  expect(happened).toEqual([])
  expect(asked.filter(url => !url.startsWith(node.url))).toEqual([])
})

/** Of each type two: with hostile text where people write, and with nothing else at all. */
function hostileNotices(pen: Pen) {
  return noticeTypes.flatMap(type => {
    const body = type.examples[0]?.body as Json
    return [hostileProse(body), hostileAll(body)].map(value =>
      pen.next({
        payload: { type: type.name },
        parts: [{ name: 'body', value, to: 'channel', until: '2036-12-31' }],
      }),
    )
  })
}

let turn = 0
function nextOfCorpus(): string {
  return corpus[turn++ % corpus.length] ?? ''
}

function hostileAll(value: Json): Json {
  if (typeof value === 'string') return nextOfCorpus()
  if (Array.isArray(value)) return value.map(hostileAll)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, hostileAll(each as Json)]))
}

/** Texts with a space in them are what people write; the rest are codes. */
function hostileProse(value: Json): Json {
  if (typeof value === 'string') return value.includes(' ') ? (running[turn++ % running.length] ?? '') : value
  if (Array.isArray(value)) return value.map(hostileProse)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, hostileProse(each as Json)]))
}
