import type { Verdict } from '../../grader/verdict/result.ts'

/**
 * What `npm start` knows and a static export does not. Pages ask it while they are made; what changes
 * afterwards reaches them as events, and client/live.ts finds its places in the HTML by these marks:
 *
 * - `<meta name="live-token" content="TOKEN">` in the head: without it the client does nothing
 * - `data-exercise="ID"` on each link or entry of a course map and of the navigation; gets
 *   `data-passed` once the exercise is passed, and `data-current` while it is the one being worked on
 * - `<section id="verdict" data-exercise="ID">` around `verdictHtml(exercise, live.verdict(ID))`
 * - `<section data-hints="ID">` around the hints, each of them a `<details data-hint="1">`, 2, …; of
 *   these `hintsSeen` are open, and opening the next one counts it
 * - `<figure data-example="NN-topic/NAME">` around a listing: gets a Run button
 * - `<span data-progress-count>` anywhere: its text is how many exercises are passed
 */
export type Live = {
  /** of this start, random: proof that a request comes from one of its pages */
  token: string
  /** when an exercise was first passed, by id */
  passed(): Record<string, string>
  /** how many hints of an exercise were shown */
  hintsSeen(id: string): number
  /** what the last run of this session found */
  verdict(id: string): Verdict | undefined
  /** the exercise that is being worked on */
  current(): string | undefined
}
