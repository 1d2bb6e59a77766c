import type { Verdict } from './verdict/result.ts'

/** What a student's session (`npm start`) tells those who look on. `id` is an exercise's. */
export type SessionMessage =
  /** the session turned to another exercise */
  | { event: 'current'; id: string }
  /** one of its files was saved */
  | { event: 'saved'; id: string }
  /** a run begins; it may be stopped by the next one and then has no verdict */
  | { event: 'grading'; id: string }
  /** a run ended; what was passed is in the progress by now */
  | { event: 'verdict'; id: string; verdict: Verdict }

/** Where the site is served when nobody names a port and it is free. */
export const USUAL_PORT = 4321

/** What the site's thread is started with. */
export type SiteStart = { current: string; port: number | undefined }

/** What it answers once: where it is, or why it is not. */
export type SiteAnswer = { url: string } | { code: string | undefined; message: string }
