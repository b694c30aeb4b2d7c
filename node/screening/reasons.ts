import type { Reason, ReasonCode } from '../consignment.ts'

type Values = Reason['values']

/** Each reason as a sentence; pages say it in other languages, by its code and values. */
const sentences: Record<ReasonCode, (values: Values) => string> = {
  'same-name': ({ name, percent, role, known }) =>
    `"${name}" is ${percent} % the ${role} "${known}": word by word.`,
  'near-name': ({ name, percent, role, known, how }) =>
    `"${name}" is ${percent} % the ${role} "${known}": ${how}.`,
  identifier: ({ scheme, value, role }) => `The ${scheme} number ${value} is that of the ${role}.`,
  'same-role': ({ role }) => `In both it is the ${role}.`,
  'same-country': ({ country }) => `Both are in ${country}.`,
  'other-country': ({ country, other }) => `It is in ${country}; the one in the notice is in ${other}.`,
  carrier: ({ kind, number }) => `The ${kind === 'imo' ? 'ship' : kind} ${number} is the one that was seen.`,
  declaration: ({ kind, number }) => `${number} is the ${kind} of the declaration that was seen.`,
  product: ({ found, product }) => `"${found}" in the description is the product "${product}".`,
  'sent-before': ({ destination, goods }) =>
    `The same listed good was bound for ${destination}, too: ${goods}.`,
  'same-destination': ({ destination }) => `Both are bound for ${destination}.`,
  'same-item': ({ item }) => `The description names the same good of the list: ${item}.`,
  'same-code': ({ code, other }) => `The code ${code} agrees with ${other}; by itself it says nothing.`,
  'goods-name': ({ found, term, excludes }) =>
    `"${found}" in the description is "${term}", a name of this good.${notCovered(excludes)}`,
  'everyday-goods-name': ({ found, term, excludes }) =>
    `"${found}" in the description is "${term}", a name of this good. It mostly names something harmless.${notCovered(excludes)}`,
  cas: ({ cas }) => `The CAS number ${cas} in the description is that of this good.`,
  'agreeing-code': ({ code }) => `The code ${code} is one under which it is declared.`,
  'other-code': ({ code, codes }) =>
    `The code ${code} is none under which it is usually declared (${codes}).`,
  'code-alone': ({ code }) =>
    `The code ${code} covers far more than listed goods: by itself it says nothing.`,
}

function notCovered(excludes: string | undefined): string {
  return excludes === undefined || excludes === '' ? '' : ` Not covered: ${excludes}`
}

/** `nearness` is 1 unless said otherwise. */
export function reason(
  code: ReasonCode,
  { nearness = 1, ...of }: Pick<Reason, 'field' | 'met' | 'values'> & { nearness?: number },
): Reason {
  const { field, met, values } = of
  return { code, field, met, nearness, words: sentences[code](spoken(values)), values }
}

/** Codes of roles and schemes as a sentence has them. */
function spoken({ role, scheme, kind, ...values }: Values): Values {
  return {
    ...values,
    ...(role !== undefined && { role: role.replaceAll('-', ' ') }),
    ...(scheme !== undefined && { scheme: scheme.toUpperCase() }),
    ...(kind !== undefined && { kind: kind === 'mrn' || kind === 'ucr' ? kind.toUpperCase() : kind }),
  }
}
