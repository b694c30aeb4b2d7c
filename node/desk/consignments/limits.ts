/** Limits of what customs send and are answered: the unit is in the name, the reason beside it. */
export const customsLimits = {
  /** A consignment of 20 parties with all their names takes some 150 KiB. */
  lineBytes: 1024 * 1024,
  /** Lines that one cell between quotes may take: beyond that a quote was forgotten. */
  linesPerCell: 200,
  /** Some 10,000 consignments as JSON; more of them are sent as lines. */
  jsonBodyBytes: 8 * 1024 * 1024,
  /** Of a file whose sender reads no answers before it has sent all: some 100,000 lines. */
  backlogBytes: 32 * 1024 * 1024,
  /** Of a file that has more wrong lines than others: a map of its columns is wrong, or it is no such file. */
  wrongLinesMost: 1000,
  /** Some ten lines: a file that comes slower only holds a place. */
  slowestBytesPerSecond: 1024,
  /** Lines that are screened in one go, between two looks at everything else. */
  linesPerTurn: 16,
  /** Each takes its share of one processor. */
  bulkScreeningsMost: 4,
  bulkScreeningsMostPerPerson: 2,
  /** Of a column map sent along in a header. */
  mapHeaderCharacters: 12_000,
  columnsMost: 500,
} as const
