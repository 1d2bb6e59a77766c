import { afterAll } from 'vitest'
import { endSuite } from '../../test/harness/index.ts'

afterAll(endSuite)
