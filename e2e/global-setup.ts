import { buildWeb } from './support/build-web.ts'

export default function globalSetup(): void {
  buildWeb()
}
