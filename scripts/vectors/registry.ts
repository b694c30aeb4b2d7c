import { badMembers, badSignatures } from './bad-members.ts'
import { goodMembers } from './good-members.ts'
import { rootVectors } from './roots.ts'
import type { VectorFile } from './vector.ts'

export const registryVectors: VectorFile = {
  about:
    'A node that goes by the registry in `held` is given `roots` in their order, then `members`. Signed documents are ' +
    '{document, signatures}: the text, and detached compact JWS over it.',
  vectors: [...goodMembers, ...badMembers, ...badSignatures, ...rootVectors],
}
