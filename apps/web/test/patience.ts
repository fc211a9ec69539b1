import { configure } from '@testing-library/react'
import { patient } from '../../../scripts/test/time-factor.ts'

// What is waited for comes at once or never; on a machine that does much else, at once may take more than a second.
configure({ asyncUtilTimeout: patient(5000) })
