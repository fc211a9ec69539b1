/** One door to the pages after a call and in place of one, so that they travel in one file. */
export { AfterCallScreen } from './after-call-screen.tsx'
export { ProblemPage } from './problem-page.tsx'
