import { z } from 'zod'
import {
  FocalpointError,
  findGoods,
  type Goods,
  goodsByAlias,
  goodsByCas,
  goodsByHs,
  goodsList,
} from '#protocol'
import { readers } from './access.ts'
import type { App } from './app.ts'
import { examples } from './examples.ts'

const json = z.record(z.string(), z.unknown())

const listView = z
  .strictObject({
    id: z.string(),
    version: z.string(),
    compiledOn: z.string(),
    about: z.string(),
    items: z.array(json),
    watch: z.array(json),
  })
  .meta({
    title: 'Goods list',
    description: 'A reference, to be checked against the Official Journal.',
    examples: [
      {
        id: goodsList.id,
        version: goodsList.version,
        compiledOn: goodsList.compiledOn,
        about: goodsList.about,
        items: [examples.goods],
        watch: [examples.watched],
      },
    ],
  })

const lookups = z.strictObject({
  hs: z
    .string()
    .regex(/^\d{2,4}(?:[ .]?\d{2}){0,4}$/)
    .exactOptional()
    .meta({ description: 'An HS or CN code, or its beginning.' }),
  cas: z
    .string()
    .regex(/^\d{2,7}-\d{2}-\d$/)
    .exactOptional()
    .meta({ description: 'A CAS number.' }),
  q: z.string().trim().min(1).max(200).exactOptional().meta({ description: 'A name in any language.' }),
})

export function goodsRoutes(app: App): void {
  app.get(
    '/v1/goods',
    {
      config: { access: readers },
      schema: {
        operationId: 'listGoods',
        summary: 'The goods list, or those of it that fit.',
        querystring: lookups,
        response: { 200: listView },
      },
    },
    async request => {
      const { id, version, compiledOn, about } = goodsList
      const found = fitting(request.query)
      return {
        id,
        version,
        compiledOn,
        about,
        items: found.filter(goods => goods.kind === 'listed').map(goods => ({ ...goods })),
        watch: found.filter(goods => goods.kind === 'watch').map(goods => ({ ...goods })),
      }
    },
  )

  app.get(
    '/v1/goods/:item',
    {
      config: { access: readers },
      schema: {
        operationId: 'getGoods',
        summary: 'One item of the goods list or the watch list.',
        params: z.strictObject({
          item: z.string().meta({ description: 'The id of the item.' }),
        }),
        response: { 200: json.meta({ examples: [examples.goods] }) },
      },
    },
    async request => {
      const { item } = request.params
      const goods = findGoods(item)
      if (goods) return { ...goods }
      throw new FocalpointError('not-found', 'There is no such item on the goods list.', {
        what: 'goods',
        id: item,
      })
    },
  )
}

function fitting({ hs, cas, q }: z.infer<typeof lookups>): Goods[] {
  const found: Goods[][] = []
  if (hs !== undefined) found.push(goodsByHs(hs))
  if (cas !== undefined) found.push(goodsByCas(cas))
  if (q !== undefined) found.push(goodsByAlias(q))
  const all: Goods[] = [...goodsList.items, ...goodsList.watch]
  return all.filter(goods => found.every(some => some.includes(goods)))
}
