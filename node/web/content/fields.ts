import { findGoods, isObject, type Json, type JsonObject } from '#protocol'
import { Code } from '../components/code.ts'
import { html, type Markup } from '../html.ts'
import { bodyForm, childField, type FormField } from './form.ts'
import { goodsName, leaf } from './leaf.ts'
import { Parties } from './parties.ts'
import type { Placed, Reading } from './reading.ts'
import { shaped, Texts } from './shapes.ts'

export interface FieldsOf {
  value: JsonObject
  was?: Placed['was']
  field: FormField | undefined
  reading: Reading
  /** Only these, in this order; all where absent. */
  only?: readonly string[] | undefined
}

/** Fields of a group, each with its title; what was corrected stands with what it was before. */
export function Fields({ value, was, field, reading, only }: FieldsOf) {
  const rows = (only ?? namesIn(value, was, field)).map(name =>
    placedIn({ value, was, field, reading }, name),
  )
  return html`
    <dl class="facts">
      ${rows.filter(isThere).map(
        placed => html`
          <dt>${titleOf(placed)}</dt>
          <dd>${corrected(placed)}</dd>
        `,
      )}
    </dl>
  `
}

/** One field of a group, and what it was. */
export function placedIn({ value, was, field, reading }: Omit<FieldsOf, 'only'>, name: string): Placed {
  const before = was && isObject(was.value) ? { value: own(was.value, name) } : undefined
  return {
    value: own(value, name),
    ...(before && { was: before }),
    field: fieldOf(field, name, { value, reading }),
    name,
    reading,
  }
}

export function isThere({ value, was }: Placed): boolean {
  return value !== undefined || was?.value !== undefined
}

/** The value, and behind it what it was, where that differs and is not told further down. */
export function corrected(placed: Placed): Markup {
  const { value, was, reading } = placed
  if (was === undefined || JSON.stringify(was.value) === JSON.stringify(value)) return shownValue(placed)
  if (isTold(placed)) return shownValue(placed)
  const { was: _before, ...before } = { ...placed, value: was.value }
  const { t } = reading.visit
  return html`
    <div class="corrected">${value === undefined ? t('notice.taken-out') : shownValue(placed)}</div>
    <div class="was">
      <span class="quiet">${t('notice.before')}</span>
      ${' '}${was.value === undefined ? t('notice.nothing') : html`<s>${shownValue(before)}</s>`}
    </div>
  `
}

/** Groups tell of each of their own fields. */
function isTold(placed: Placed): boolean {
  const { value, was } = placed
  if (Array.isArray(value) && Array.isArray(was?.value)) {
    return value.length === was.value.length && value.every(isObject)
  }
  return isObject(value) && isObject(was?.value) && specialOf(placed) === undefined
}

export function shownValue(placed: Placed): Markup {
  const { value, was, field, reading } = placed
  if (Array.isArray(value)) return listOf(placed, value)
  if (!isObject(value)) return leaf(placed)
  return specialOf(placed) ?? html`<${Fields} ...${{ value, was, field, reading }} />`
}

function specialOf(placed: Placed): Markup | undefined {
  const { value, field, name, reading } = placed
  if (!isObject(value)) return undefined
  if (name === 'parties' || field?.title === 'Parties') {
    return html`<${Parties} value=${value} reading=${reading} />`
  }
  if (field?.propertyNames?.pattern?.startsWith('^[a-z]{2,3}')) {
    return html`<${Texts} value=${value} reading=${reading} />`
  }
  return shaped(placed)
}

function listOf({ was, field, name, reading }: Placed, list: readonly Json[]): Markup {
  const before = was && Array.isArray(was.value) && was.value.length === list.length ? was.value : undefined
  const entries = list.map(
    (value, at): Placed => ({
      value,
      ...(before && { was: { value: before[at] } }),
      field: field && childField(field, String(at)),
      name,
      reading,
    }),
  )
  const [only] = entries
  if (only !== undefined && entries.length === 1) return entry(only)
  return html`<ul class="values">${entries.map(each => html`<li>${entry(each)}</li>`)}</ul>`
}

function entry(placed: Placed): Markup {
  const title = goodsTitle(placed)
  return html`${title && html`<p class="row-title">${title}</p>`}${shownValue(placed)}`
}

/** What a good is called, where an entry is one. */
export function goodsTitle({ value, reading }: Placed): Markup | undefined {
  if (!isObject(value)) return undefined
  const id = [value.itemId, value.watchId].find(each => typeof each === 'string')
  return typeof id === 'string' && findGoods(id) !== undefined ? goodsName(id, reading) : undefined
}

export function titleOf({ field, name, reading: { visit } }: Placed): Markup {
  return field?.title === undefined ? html`<${Code}>${name}<//>` : visit.words(field.title)
}

/** In the order of the form, then what the form does not know. */
function namesIn(value: JsonObject, was: Placed['was'], field: FormField | undefined): string[] {
  const before = was !== undefined && isObject(was.value) ? Object.keys(was.value) : []
  return [...new Set([...Object.keys(field?.properties ?? {}), ...Object.keys(value), ...before])]
}

/** A whole body within a body has the form of the type that stands beside it. */
function fieldOf(
  field: FormField | undefined,
  name: string,
  { value, reading }: { value: JsonObject; reading: Reading },
): FormField | undefined {
  const found = field && childField(field, name)
  const type = reading.types.find(each => each.name === value.targetType)
  const isBody = found?.additionalProperties !== undefined && isEmpty(found.additionalProperties)
  return type !== undefined && isBody ? { ...bodyForm(type), ...titles(found) } : found
}

function isEmpty(form: FormField['additionalProperties']): boolean {
  return typeof form === 'object' && Object.keys(form).length === 0
}

function titles({ title, description }: FormField = {}): Pick<FormField, 'title' | 'description'> {
  return { ...(title !== undefined && { title }), ...(description !== undefined && { description }) }
}

function own(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined
}
