import path from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import own from '../../vitest.config.ts'

/** The project's own tests as ever, and what runs for coverage alone. */
export default mergeConfig(
  own,
  defineConfig({
    test: {
      root: path.resolve(import.meta.dirname, '../..'),
      pool: 'threads',
      include: ['test/coverage/*.test.ts'],
    },
  }),
)
