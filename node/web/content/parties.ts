import { isObject, type Json, type JsonObject } from '#protocol'
import { Code, Country, Written } from '../components/code.ts'
import { html, type Markup } from '../html.ts'
import type { Reading } from './reading.ts'

/** The parties by the part that they have; named only where the reader may know who they are. */
export function Parties({ value, reading }: { value: JsonObject; reading: Reading }) {
  const { noNames, visit } = reading
  return html`
    <ul class="plain-list parties">
      ${Object.entries(value).map(([key, party]) => html`<li>${partyLine(key, party, reading)}</li>`)}
    </ul>
    ${noNames !== undefined && html`<p class="quiet" lang=${visit.language}>${noNames}</p>`}
  `
}

function partyLine(key: string, party: Json | undefined, reading: Reading): Markup {
  if (!isObject(party)) return html`<${Code}>${key}<//>`
  const { visit } = reading
  const { role, country, kind, publicBody } = party
  return html`
    <p>
      <strong>${textOf(role, visit.words)}</strong>${named(key, reading)}
    </p>
    <p class="quiet">
      ${typeof country === 'string' && html`<${Country} code=${country} visit=${visit} />`}
      ${typeof kind === 'string' && html` · ${visit.words(kind)}`}
      ${publicBody === true && html` · ${visit.t('notice.public-body')}`}
    </p>
    ${details(key, reading)}
  `
}

function named(key: string, { nominal }: Reading): Markup {
  const name = namesOf(key, nominal)?.name
  return typeof name === 'string' && html`: <${Written}>${name}<//>`
}

/** Other names, numbers and addresses, on one line each. */
function details(key: string, { nominal, visit }: Reading): Markup {
  const { name: _shown, ...others } = namesOf(key, nominal) ?? {}
  const texts = Object.values(others).flatMap(textsIn)
  if (texts.length === 0) return null
  return html`
    <p class="quiet" lang=${visit.language}>
      ${texts.map((text, at) => html`${at > 0 && ' · '}<${Written}>${text}<//>`)}
    </p>
  `
}

function namesOf(key: string, nominal: JsonObject | undefined): JsonObject | undefined {
  const found = nominal !== undefined && Object.hasOwn(nominal, key) ? nominal[key] : undefined
  return isObject(found) ? found : undefined
}

function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (!isObject(value)) return []
  const { scheme, value: number } = value
  if (typeof scheme === 'string' && typeof number === 'string') return [`${scheme.toUpperCase()} ${number}`]
  return Object.values(value).flatMap(textsIn)
}

/** A party that stands elsewhere in the body, by its part and, where it may be known, its name. */
export function partyTitle(key: string, reading: Reading): Markup {
  const { parties } = reading.body
  const party = isObject(parties) && Object.hasOwn(parties, key) ? parties[key] : undefined
  if (!isObject(party)) return html`<${Code}>${key}<//>`
  return html`${textOf(party.role, reading.visit.words)}${named(key, reading)}`
}

function textOf(value: Json | undefined, words: (code: string) => string): string {
  return typeof value === 'string' ? words(value) : '—'
}
