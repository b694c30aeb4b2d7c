import type { Story } from './stories.ts'

export const apiStories: readonly Story[] = [
  {
    test: 'test/node/api/access.test.ts',
    shows: 'every route, and who may use it',
    files: ['node/api/{app,client-errors,index,limits,listen,log,routes,server}.ts', 'node/desk/desk.ts'],
  },
  {
    test: 'test/node/cli/person.test.ts',
    shows: 'links by which people come in, as an administrator asks for them',
    files: ['node/api/sign-in-links.ts'],
  },
  {
    test: 'test/node/api/bodies.test.ts',
    shows: 'what good and bad bodies get, with every wrong field',
    files: ['node/api/{answers,failure,json-body,validate}.ts', 'node/desk/problem.ts'],
  },
  {
    test: 'test/node/api/drafts.test.ts',
    shows: 'drafts as they are written, sent back with a reason, released and thrown away',
    files: ['node/desk/return-form.ts'],
  },
  {
    test: 'test/node/api/customs/screenings.test.ts',
    shows: 'consignments in every form and encoding, line by line, and how each is answered',
    files: [
      'node/api/customs/{screen-file,screening-answers,screening-responses}.ts',
      'node/desk/consignments/*.ts',
      'node/desk/customs.ts',
      'node/consignment.ts',
    ],
  },
  {
    test: 'test/node/desk/sighting/report.test.ts',
    shows:
      'every verdict, notice and list item as the whole draft of a sighting, and all that is missing for one',
    files: ['node/api/sightings.ts', 'node/desk/sighting/{draft,form,good,parties,sighted,text}.ts'],
  },
  {
    test: 'test/node/api/openapi.test.ts',
    shows: 'the description of the API, and the schemas in it',
    files: ['node/api/{draft-components,responses,schemas}.ts', 'node/api/openapi/{index,webhooks}.ts'],
  },
  {
    test: 'test/node/api/openapi/route.test.ts',
    shows: 'what every route says of itself, and that its examples follow their forms',
    files: ['node/api/examples.ts', 'node/api/openapi/{document,problems,tags}.ts'],
  },
  {
    test: 'test/node/desk/figures/figures.test.ts',
    shows: 'what counts and what does not',
    files: ['node/desk/counted.ts', 'node/desk/figures/{count,figures-form}.ts'],
  },
  {
    test: 'test/node/desk/figures/published.test.ts',
    shows: 'what is hidden of figures, and that nobody works it out',
    files: ['node/desk/figures/{hiding,pauses,working-out}.ts'],
  },
  {
    test: 'test/node/api/events.test.ts',
    shows: 'events as pages and as a stream',
    files: ['node/api/event-stream.ts'],
  },
  {
    test: 'test/node/api/reading.test.ts',
    shows: 'what can be read besides notices, drafts and events',
    files: ['node/api/{goods,health,members,metrics,network,people,stats,times}.ts'],
  },
  {
    test: 'test/node/api/notices.test.ts',
    shows: 'notices as they are listed, page by page, and as signed text',
    files: ['node/api/{filters,negotiate,paging}.ts'],
  },
  {
    test: 'test/node/api/exports.test.ts',
    shows: 'exports as other systems ask for them, read slowly, left and refused',
    files: [
      'node/desk/export.ts',
      'node/api/{export-streams,text-stream}.ts',
      'node/api/export/{ndjson,selection,walk}.ts',
    ],
  },
  {
    test: 'test/node/api/export/csv.test.ts',
    shows: 'tables for risk systems, by our columns and by their own',
    files: ['node/api/export/{column-map,fields,line,pointer}.ts'],
  },
  {
    test: 'test/node/api/export/stix.test.ts',
    shows: 'alerts and sightings for threat platforms, against a schema of our own',
    files: ['node/api/export/stix-{indicator,notice,object,seen,shared}.ts'],
  },
  {
    test: 'test/node/api/subscriptions.test.ts',
    shows: 'subscriptions as they are asked for, and whose they are',
    files: [
      'node/desk/subscriptions.ts',
      'node/api/{feed-texts,subscription-views,versions}.ts',
      'node/desk/subscription-forms.ts',
    ],
  },
]
