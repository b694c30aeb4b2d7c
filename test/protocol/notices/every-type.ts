import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import {
  canonical,
  isObject,
  type Json,
  type JsonObject,
  parseCanonical,
} from '../../../protocol/canonical.ts'
import type { Draft } from '../../../protocol/draft.ts'
import { draftSchema } from '../../../protocol/draft-form.ts'
import { type FieldError, isError } from '../../../protocol/errors.ts'
import { pointerOf } from '../../../protocol/field-errors.ts'
import { limits } from '../../../protocol/limits.ts'
import type { NoticeType } from '../../../protocol/notice-type.ts'
import { parseDraft, partForm } from '../../../protocol/parse-draft.ts'
import { patterns } from '../../../protocol/patterns.ts'

/** What every notice type must do, shipped or made elsewhere. */
export function describeNoticeType(type: NoticeType): void {
  const types = [type]
  const schema = draftSchema(type) as JsonObject

  describe(`the notice type ${type.name}`, () => {
    test('has a name, a label and a purpose', () => {
      expect(type.name).toMatch(patterns.name)
      expect(type.label).toMatch(/^[A-Z]/)
      expect(type.purpose).toMatch(/\.$/)
    })

    test('has at least one example, all of them drills of its own type', () => {
      expect(type.examples.length).toBeGreaterThan(0)
      expect(type.examples.map(example => [example.type, example.exercise])).toEqual(
        type.examples.map(() => [type.name, true]),
      )
    })

    test('tells of every field what it is, in its title and description', () => {
      expect(fieldsOf(schema).filter(({ field }) => !field.title || !field.description)).toEqual([])
      expect(fieldsOf(schema).length).toBeGreaterThan(5)
    })

    test('has a JSON Schema that refuses an empty draft', () => {
      expect(accepts(schema)({ type: type.name })).toBe(false)
    })

    for (const [at, example] of type.examples.entries()) {
      describe(`example ${at}`, () => {
        test('parses, and is what was written', () => {
          expect(parseDraft(example, { types })).toEqual(example)
        })

        test('follows the JSON Schema', () => {
          const follows = accepts(schema)
          follows(example)
          expect(follows.errors).toBe(null)
        })

        test('follows its form as parts from a peer', () => {
          expect(partForm(type.name, 'body', example.body, types)).toEqual([])
          if (example.nominal) expect(partForm(type.name, 'nominal', example.nominal, types)).toEqual([])
        })

        test('fits the depth and the size of a part, also where a sealed notice wraps it once more', () => {
          const sealed = canonical(['salt', 'body', { body: example.body }])
          expect(() => parseCanonical(sealed)).not.toThrow()
          expect(sealed.length * 1.4).toBeLessThan(limits.partBytes)
        })

        test('is told in one line without the name of a party', () => {
          const line = type.summary(example.body)
          expect(line).toMatch(/^\S.*\S$/)
          expect(line.length).toBeLessThanOrEqual(120)
          for (const name of namesIn(example)) expect(line).not.toContain(name)
        })

        test('is found by keys that are well-formed and not repeated', () => {
          const keys = type.keys(example.body)
          for (const values of Object.values(keys)) expect(values).toEqual([...new Set(values)])
          for (const hs of keys.hs) expect(hs).toMatch(/^\d{4,6}$/)
          for (const country of keys.country) expect(country).toMatch(/^[A-Z]{2}$/)
        })

        test('is refused without any one of its mandatory fields, each told at its pointer', () => {
          const mandatory = mandatoryIn(schema, example as unknown as Json)
          expect(mandatory.length).toBeGreaterThan(5)
          for (const path of mandatory) {
            const pointers = errorsOf(without(example, path), types).map(({ pointer }) => pointer)
            expect(pointers).toContain(pointerOf(path))
          }
        })

        test('is refused with a field that its form does not know, wherever it stands', () => {
          for (const path of closedIn(schema, example as unknown as Json)) {
            const wrong = structuredClone(example)
            const holder = path.reduce<Json>(stepInto, wrong as unknown as Json)
            if (isObject(holder)) holder.surplus = true
            const pointer = pointerOf([...path, 'surplus'])
            expect(errorsOf(wrong, types)).toContainEqual(
              expect.objectContaining({ pointer, code: 'unknown' }),
            )
          }
        })

        test('is refused when invisible controls hide in its text', () => {
          const wrong = structuredClone(example)
          wrong.body.text = { ...(wrong.body.text as JsonObject), fr: 'left\u202eright' }
          expect(errorsOf(wrong, types).map(({ pointer }) => pointer)).toContain('/body/text/fr')
        })

        if (type.answers) {
          test('is refused without the reference that makes it an answer, or with another', () => {
            const { refs = [], ...rest } = example
            expect(errorsOf(rest, types).map(({ pointer }) => pointer)).toEqual(['/refs'])
            const twice = { ...example, refs: [...refs, ...refs] }
            expect(errorsOf(twice, types).map(({ pointer }) => pointer)).toEqual([`/refs/${refs.length}`])
            const elsewhere = { ...example, refs: refs.map(ref => ({ ...ref, id: 'A'.repeat(43) })) }
            expect(errorsOf(elsewhere, types).map(({ pointer }) => pointer)).toEqual(['/refs/0/id'])
          })
        }
      })
    }
  })
}

export function errorsOf(draft: unknown, types?: readonly NoticeType[]): FieldError[] {
  try {
    parseDraft(draft, types ? { types } : {})
  } catch (error) {
    if (isError(error, 'draft-invalid')) return error.details.errors
    throw error
  }
  return []
}

function accepts(schema: JsonObject) {
  return new Ajv2020({ allErrors: true }).compile(schema)
}

type Path = (string | number)[]

/** Every property of a schema, however deep. */
function fieldsOf(schema: Json | undefined): { name: string; field: JsonObject }[] {
  if (!isObject(schema)) return []
  const own = isObject(schema.properties) ? Object.entries(schema.properties) : []
  const fields = own.flatMap(([name, field]) => (isObject(field) ? [{ name, field }] : []))
  const inner = [...fields.map(({ field }) => field), schema.items, schema.additionalProperties]
  return [...fields, ...inner.flatMap(fieldsOf)]
}

/** Paths to what the schema requires, as far as the value goes. */
function mandatoryIn(schema: Json | undefined, value: Json | undefined, path: Path = []): Path[] {
  if (!isObject(schema)) return []
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  return [
    ...required.map(name => [...path, name]),
    ...childrenOf(schema, value).flatMap(child =>
      mandatoryIn(child.schema, child.value, [...path, child.step]),
    ),
  ]
}

/** Paths to the objects that take no other fields. */
function closedIn(schema: Json | undefined, value: Json | undefined, path: Path = []): Path[] {
  if (!isObject(schema)) return []
  return [
    ...(schema.additionalProperties === false && isObject(value) ? [path] : []),
    ...childrenOf(schema, value).flatMap(child => closedIn(child.schema, child.value, [...path, child.step])),
  ]
}

function childrenOf(schema: JsonObject, value: Json | undefined) {
  if (Array.isArray(value)) return value.map((inner, step) => ({ step, schema: schema.items, value: inner }))
  if (!isObject(value)) return []
  const properties = isObject(schema.properties) ? schema.properties : {}
  return Object.entries(value).map(([step, inner]) => ({
    step,
    schema: properties[step] ?? schema.additionalProperties,
    value: inner,
  }))
}

function without(example: Draft, path: Path): Draft {
  const copy = structuredClone(example)
  const holder = path.slice(0, -1).reduce<Json>(stepInto, copy as unknown as Json)
  if (isObject(holder)) delete holder[String(path.at(-1))]
  return copy
}

function stepInto(value: Json, step: string | number): Json {
  return (value as { [step: string]: Json })[step] ?? null
}

function namesIn({ nominal = {} }: Draft): string[] {
  return Object.values(nominal).map(party => (isObject(party) ? String(party.name) : ''))
}
