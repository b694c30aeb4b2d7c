import { type Description, exampleOf, type Operation, parametersOf } from './description.ts'

/** The command that asks this of the node, with a placeholder for the token. */
export function curlOf(
  operation: Operation,
  { description, origin }: { description: Description; origin: string },
) {
  const { method, path, security, requestBody } = operation
  const needed = parametersOf(operation, description).filter(each => each.in === 'query' && each.required)
  const query = needed.map(({ name }) => `${name}=${name.toUpperCase()}`).join('&')
  const address = `${origin}${path.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase())}`
  const [mediaType, media] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const example = exampleOf(media, description)
  const words = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${address}${query === '' ? '' : `?${query}`}'`,
    security.length > 0 && `-H 'authorization: Bearer fp_YOUR_TOKEN'`,
    mediaType && `-H 'content-type: ${mediaType}'`,
    example !== undefined && `--data '${bodyText(example)}'`,
  ]
  return words.filter(Boolean).join(' \\\n  ')
}

/** Within single quotes of a shell. */
function bodyText(example: unknown): string {
  const text = typeof example === 'string' ? example : JSON.stringify(example)
  return text.length > 600 ? '@body.json' : text.replaceAll("'", `'\\''`)
}
