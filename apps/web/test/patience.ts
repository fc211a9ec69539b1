import { configure } from '@testing-library/react'

// What is waited for comes at once or never; on a machine that does much else at once may take more than a second.
configure({ asyncUtilTimeout: 5000 })
