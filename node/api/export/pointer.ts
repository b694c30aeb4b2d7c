import { isObject, type Json } from '#protocol'

export const pointerPattern = /^(\/([^~/]|~[01])*)+$/

/** What stands at a JSON Pointer (RFC 6901) in which `*` stands for every item or member: none, one or several values. */
export function valuesAt(value: unknown, pointer: string): Json[] {
  const steps = pointer
    .split('/')
    .slice(1)
    .map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return steps.reduce<unknown[]>(
    (found, step) => found.flatMap(each => within(each, step)),
    [value],
  ) as Json[]
}

/** The text at a pointer, or undefined where there is none or something else: bodies of others may have any form. */
export function textAt(value: unknown, pointer: string): string | undefined {
  const [found] = valuesAt(value, pointer)
  return typeof found === 'string' ? found : undefined
}

function within(value: unknown, step: string): unknown[] {
  if (step === '*') return isObject(value) || Array.isArray(value) ? Object.values(value) : []
  if (Array.isArray(value))
    return /^\d{1,6}$/.test(step) && Number(step) < value.length ? [value[Number(step)]] : []
  return isObject(value) && Object.hasOwn(value, step) ? [value[step]] : []
}
