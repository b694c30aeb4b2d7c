/**
 * The same function, which remembers what it last made of so many texts. Only for what a text alone decides, and never
 * for what may have to be erased.
 */
export function recent<Made>(make: (text: string) => Made, most: number): (text: string) => Made {
  const held = new Map<string, Made>()
  return text => {
    const before = held.get(text)
    if (before !== undefined) return before
    const made = make(text)
    const [oldest] = held.keys()
    if (held.size >= most && oldest !== undefined) held.delete(oldest)
    held.set(text, made)
    return made
  }
}
