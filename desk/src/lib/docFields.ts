/** The fields of other people's DocTypes as fields of our forms. Pure. */
import type { DocField } from '@/api/documents'
import type { FormField } from '@/types/form'
import { withoutTags } from './html'
import { __ } from './translate'

const TYPES: Record<string, FormField['type']> = {
  Data: 'text',
  Phone: 'text',
  Password: 'password',
  Check: 'check',
  Select: 'select',
  Link: 'link',
  Int: 'number',
  'Small Text': 'textarea',
}

/** What people fill in; what is hidden, fixed or of a kind of its own is left out. */
export function formFields(fields: DocField[], without: string[] = []): FormField[] {
  return fields
    .filter((field) => TYPES[field.fieldtype] && !field.hidden && !field.read_only)
    .filter(({ fieldname }) => !without.includes(fieldname))
    .map((field) => ({
      name: field.fieldname,
      label: __(field.label ?? field.fieldname),
      type: TYPES[field.fieldtype] ?? 'text',
      required: Boolean(field.reqd),
      ...(field.description && { hint: withoutTags(__(field.description)) }),
      ...(field.fieldtype === 'Select' && { options: (field.options ?? '').split('\n').filter(Boolean) }), // prettier-ignore
      ...(field.fieldtype === 'Link' && { doctype: field.options ?? '' }),
      ...(field.fieldtype === 'Password' && { autocomplete: 'off' }),
      ...whenOf(field),
    }))
}

/** Fields that hang on another one's being filled in; other expressions are the server's business. */
function whenOf({ depends_on }: DocField): Pick<FormField, 'when'> {
  const other = /^(?:eval:\s*doc\.)?(\w+)$/.exec(depends_on ?? '')?.[1]
  return other ? { when: (values) => Boolean(values[other]) } : {}
}
