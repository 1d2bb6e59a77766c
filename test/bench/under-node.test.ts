/** The checks of one exercise for `node --test`: what a course without a grader would run. */
import { test } from 'node:test'

const { checks } = await import(`./bare/${process.env.BENCH_ID}.ts`)
for (const [title, check] of Object.entries<() => Promise<void>>(checks)) test(title, check)
