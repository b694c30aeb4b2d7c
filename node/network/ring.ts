/**
 * The other members in the order in which we want to be connected to them: the neighbours at 1, 2, 4, 8 … places in
 * the sorted ring first. All who keep to it make one connected graph, and each pair wants the other alike.
 */
export function ringNeighbours(own: string, members: readonly string[]): string[] {
  const ring = [...new Set([...members, own])].sort()
  const at = ring.indexOf(own)
  const neighbours = new Set<string>()
  for (const distance of distances(ring.length)) {
    for (const index of [at + distance, at - distance + ring.length]) {
      const member = ring[index % ring.length]
      if (member !== undefined && member !== own) neighbours.add(member)
    }
  }
  return [...neighbours]
}

/** The powers of two, then what lies between. */
function distances(count: number): number[] {
  const all = Array.from({ length: Math.floor(count / 2) }, (_, index) => index + 1)
  return [...all.filter(isPowerOfTwo), ...all.filter(distance => !isPowerOfTwo(distance))]
}

function isPowerOfTwo(value: number): boolean {
  return (value & (value - 1)) === 0
}
