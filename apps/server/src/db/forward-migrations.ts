import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MigrationDiff } from '@mikro-orm/core'
import { TSMigrationGenerator } from '@mikro-orm/migrations'

/** Writes a migration that has no way back: what undoes an upgrade is the backup from before it. */
export class ForwardMigrations extends TSMigrationGenerator {
  override async generate(diff: MigrationDiff, folder = '', name = ''): Promise<[string, string]> {
    const [timestamp = '', ...words] = name.split('-')
    const code = this.generateMigrationFile(`Migration${timestamp}_${words.join('_')}`, diff)
    await writeFile(path.join(folder, `${name}.ts`), code)
    return [code, `${name}.ts`]
  }

  override generateMigrationFile(className: string, { up }: MigrationDiff): string {
    return [
      `import { Migration } from '@mikro-orm/migrations'`,
      '',
      `export class ${className} extends Migration {`,
      `  override name = '${className}'`,
      '',
      `  override up(): void {`,
      up.map((sql) => this.createStatement(sql, 4)).join(''),
      '  }',
      '}',
      '',
    ].join('\n')
  }
}
