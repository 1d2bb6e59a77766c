/** The same for `vitest run`. */
import { test } from 'vitest'

const { checks } = await import(`./bare/${process.env.BENCH_ID}.ts`)
for (const [title, check] of Object.entries<() => Promise<void>>(checks)) test(title, check)
