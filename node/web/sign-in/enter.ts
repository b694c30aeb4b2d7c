import type { Opened } from '../../sign-in/sign-in.ts'
import type { Office } from '../office.ts'
import type { Redirect } from '../route.ts'
import type { Visit } from '../visit.ts'

/** With a new session always, so that nobody can hand somebody theirs; the one before in this browser ends. */
export async function enter(
  opened: Opened,
  { office, visit, to }: { office: Office; visit: Visit; to: string },
): Promise<Redirect> {
  if (visit.visitor) await office.signIn.end(visit.visitor.session.id)
  return { to, session: opened.secret }
}
