import { isError } from '#protocol'
import { Database } from '../rows.ts'
import { checkSchema } from '../schema.ts'
import { checkMark, checkRows } from './check.ts'
import type { Answer, Order } from './children.ts'
import { brokenTables } from './inspect.ts'

type CheckOrder = Extract<Order, { task: 'check' }>

/** Opens the store and reads what nothing vouches for. */
export async function check(order: CheckOrder): Promise<Answer> {
  try {
    return { what: await wrongIn(order) }
  } catch (error) {
    if (!isError(error)) return { what: [String(error)] }
    const { code, message, details } = error
    return { error: { code, message, details } }
  }
}

async function wrongIn({ dir, mark, tables, allRows = true }: CheckOrder): Promise<string[]> {
  const database = await Database.open(dir)
  try {
    // LevelDB removes what a crash left behind, and may give its name to a table that it writes now.
    const broken = await brokenTables(
      dir,
      database.tableFiles().filter(name => tables.includes(name)),
    )
    if (broken.length > 0) return broken.map(name => `${name} was changed`)
    await checkSchema(database)
    const what = await checkMark(database, mark)
    return what.length > 0 || !allRows ? what : await checkRows(database)
  } finally {
    await database.close()
  }
}
