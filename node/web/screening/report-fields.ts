import type { FieldError, JsonObject } from '#protocol'
import type { Consignment } from '../../consignment.ts'
import type { MessageKey } from '../words/messages.ts'

/** Field of the form → what it is called; where an error in the report belongs is told by the longest that fits. */
const labels = {
  verdict: 'report.verdict',
  observedAt: 'report.observed',
  'place.unlocode': 'report.place',
  'place.customsOffice': 'report.office',
  direction: 'report.direction',
  heldHours: 'report.hours',
  disposal: 'report.disposal',
  sampleTaken: 'report.sample',
  'consignment.hs.code': 'report.code',
  'found.quantity.value': 'report.quantity',
  'found.quantity.rec20': 'report.unit',
  'found.item': 'report.found.item',
  'found.unlisted': 'report.found.unlisted',
  'found.category': 'report.found.category',
  'found.description': 'report.found.description',
  'found.hs.code': 'report.found.code',
  'found.chemicals': 'report.found.cas',
  'names.to': 'report.names',
  'names.readers': 'report.readers',
  lang: 'report.language',
  text: 'report.text',
  nationalRef: 'report.reference',
  'consignment.transport.mode': 'report.mode',
} as const satisfies { [field: string]: MessageKey }

/** Pointers into the report whose field has another name. */
const elsewhere: readonly (readonly [pointer: string, field: keyof typeof labels])[] = [
  ['/place', 'place.unlocode'],
  ['/found/quantity', 'found.quantity.value'],
  ['/found/hs', 'consignment.hs.code'],
  ['/consignment/hs', 'consignment.hs.code'],
  ['/names/readers', 'names.readers'],
  ['/names', 'names.to'],
  ['/found', 'found.description'],
  ['/consignment/transport', 'consignment.transport.mode'],
]

const partyPointer = /^\/consignment\/parties\/(\d+)\/(role|country)/

/** Where an error is mended, and what that is called. */
export function fieldOfError({ pointer }: FieldError): { name: string; label: MessageKey } {
  const [, row, what] = partyPointer.exec(pointer) ?? []
  if (row !== undefined && what !== undefined) {
    const label = what === 'role' ? 'report.party.role' : 'report.party.country'
    return { name: partyField(Number(row), what), label }
  }
  const dotted = pointer.slice(1).replaceAll('/', '.')
  const same = Object.entries(labels).find(([name]) => dotted === name || dotted.startsWith(`${name}.`))
  if (same !== undefined) return { name: same[0], label: same[1] }
  const [, name] = elsewhere.find(([start]) => pointer === start || pointer.startsWith(`${start}/`)) ?? []
  const found = name ?? 'text'
  return { name: found, label: labels[found] }
}

export function partyField(row: number, what: string): string {
  return `consignment.parties.${row}.${what}`
}

/** The form as `POST /v1/sightings` takes it; empty fields are left out. */
export function reportOf(
  form: URLSearchParams,
  consignment: Consignment,
  asCode: (country: string) => string,
): JsonObject {
  const text = (name: string) => form.get(name)?.trim() || undefined
  const number = (name: string) => {
    const given = text(name)
    if (given === undefined) return undefined
    return /^\d+([.,]\d+)?$/.test(given) ? Number(given.replace(',', '.')) : given
  }
  const report = {
    consignment: completed(form, consignment, asCode),
    about: aboutIn(form.get('about') ?? ''),
    verdict: text('verdict'),
    observedAt: text('observedAt'),
    place: present({
      unlocode: text('place.unlocode')?.toUpperCase().replace(/\s/g, ''),
      customsOffice: text('place.customsOffice')?.toUpperCase(),
    }),
    direction: text('direction'),
    heldHours: number('heldHours'),
    disposal: text('disposal'),
    sampleTaken: form.get('sampleTaken') === 'yes' ? true : undefined,
    found: foundIn(consignment, { text, number }),
    names: namesIn(form),
    ...(text('text') !== undefined && { lang: text('lang'), text: text('text') }),
    nationalRef: text('nationalRef'),
  }
  return (present(report) ?? {}) as JsonObject
}

/** "notice:ID" or "item:ID", as the button of a match says it. */
export function aboutIn(about: string): { notice: string } | { item: string } | undefined {
  const [, kind, id] = /^(notice|item):([\w-]{1,100})$/.exec(about) ?? []
  if (kind === undefined || id === undefined) return undefined
  return kind === 'notice' ? { notice: id } : { item: id }
}

/** With what the consignment did not say of its code, its parties and its transport. */
function completed(form: URLSearchParams, consignment: Consignment, asCode: (country: string) => string) {
  const { hs, parties, transport } = consignment
  const code = digitsOf(form.get('consignment.hs.code'))
  const mode = form.get('consignment.transport.mode') || transport?.mode
  return {
    ...consignment,
    ...(code && code !== hs?.code && { hs: { code } }),
    ...(parties && {
      parties: parties.map((party, row) => {
        const role = form.get(partyField(row, 'role')) || party.role
        const country = asCode(form.get(partyField(row, 'country')) ?? '') || party.country
        return { ...party, ...(role && { role }), ...(country && { country }) }
      }),
    }),
    ...(transport && { transport: { ...transport, ...(mode && { mode }) } }),
  }
}

/** Without the points and spaces with which codes are written. */
function digitsOf(code: string | null | undefined): string | undefined {
  return code?.replace(/[\s.]/g, '')
}

interface Reading {
  text: (name: string) => string | undefined
  number: (name: string) => number | string | undefined
}

/** Only what differs from what was declared. */
function foundIn({ quantity }: Consignment, { text, number }: Reading) {
  const value = number('found.quantity.value')
  const rec20 = text('found.quantity.rec20')?.toUpperCase()
  const isDeclared = value === quantity?.value && rec20 === quantity?.unit
  const code = digitsOf(text('found.hs.code'))
  const cas = text('found.chemicals')
  return present({
    item: text('found.item'),
    unlisted: text('found.unlisted'),
    category: text('found.category'),
    description: text('found.description'),
    hs: code === undefined ? undefined : { code, edition: 'HS2022', ex: true },
    quantity: isDeclared ? undefined : present({ value, rec20 }),
    chemicals: cas === undefined ? undefined : cas.split(/[\s,;]+/).map(each => ({ cas: each })),
  })
}

function namesIn(form: URLSearchParams) {
  const to = form.get('names.to') ?? ''
  if (to === '') return undefined
  return to === 'named' ? { to, readers: form.getAll('names.readers') } : { to }
}

/** Without what is not given; undefined where nothing is. */
function present(given: object): object | undefined {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
