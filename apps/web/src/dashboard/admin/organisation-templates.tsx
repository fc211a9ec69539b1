import { LayoutTemplate } from 'lucide-react'
import { templatesApi } from '../../store/api/templates-api.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { NewTemplate } from '../templates/new-template.tsx'
import { TemplateList } from '../templates/template-list.tsx'
import { templateText } from '../templates/text.ts'

/** The templates that everyone on this server can use. */
export function OrganisationTemplates() {
  const query = templatesApi.useTemplatesQuery()
  return (
    <>
      <div className="flex justify-end">
        <NewTemplate kind="organisation" />
      </div>
      <Loaded query={query}>
        {({ items }) => {
          const templates = items.filter(({ kind }) => kind === 'organisation')
          return templates.length > 0 ? (
            <TemplateList templates={templates} />
          ) : (
            <EmptyState icon={LayoutTemplate} title={templateText.emptyOrganisation}>
              {templateText.emptyOrganisationHint}
            </EmptyState>
          )
        }}
      </Loaded>
    </>
  )
}
