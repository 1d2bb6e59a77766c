import { defineConfig } from 'vitest/config'

// The project's own tests. Hidden tests are not among them: the grader runs those against programs.
export default defineConfig({
  test: {
    include: ['test/*.test.ts', 'test/{grader,harness,peers,site}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
})
