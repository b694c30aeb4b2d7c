import type { TestSpecification } from 'vitest/node'
import { BaseSequencer } from 'vitest/node'

/** Where whole nodes and other programs run: a file of these that begins last would have a worker to itself at the end. */
const slowFolders = ['network', 'browser', 'scripts', 'node/cli', 'node/network']

/** The order in which the workers take the files. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.sort((one, other) => rank(one) - rank(other))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const [, path = ''] = moduleId.split('/test/')
  const at = slowFolders.findIndex(folder => path.startsWith(`${folder}/`))
  return at === -1 ? slowFolders.length : at
}
