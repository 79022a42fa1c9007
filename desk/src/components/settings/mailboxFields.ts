/** What a mailbox needs, by its provider, as data. */
import { __ } from '@/lib/translate'
import type { Values } from '@/composables/useForm'
import type { FormField } from '@/types/form'

export const CUSTOM = 'Custom'
const FRAPPE_MAIL = 'Frappe Mail'
const SERVICES = ['GMail', 'Outlook.com', 'Yahoo Mail', 'Yandex.Mail', 'Sendgrid', 'SparkPost', FRAPPE_MAIL, CUSTOM] // prettier-ignore
const SENDS_ONLY = ['Sendgrid', 'SparkPost']
const isCustom = ({ service }: Values) => service === CUSTOM
const isFrappe = ({ service }: Values) => service === FRAPPE_MAIL
const hasPassword = (values: Values) => !isFrappe(values)
const mayReceive = ({ service }: Values) => !SENDS_ONLY.includes(String(service))
const receives = (values: Values) => mayReceive(values) && Boolean(values.enable_incoming)
const sends = (values: Values) => Boolean(values.enable_outgoing)

/** The fields of a mailbox's form; a stored password stays when none is typed. */
export function mailboxFields(isNew: boolean): FormField[] {
  const secretHint = isNew ? '' : __('Left empty, the one that is stored stays.')
  return [
    { name: 'service', label: __('Provider'), type: 'select', options: SERVICES, required: true, hint: __('Its servers are known. Choose “Custom” for any other.') },
    { name: 'email_account_name', label: __('Name'), type: 'text', required: true, hint: __('What this mailbox is called here.') },
    { name: 'email_id', label: __('Address'), type: 'email', required: true },
    { name: 'password', label: __('Password'), type: 'password', required: isNew, when: hasPassword, hint: `${__('Most providers want an app password here, not the one you sign in with.')} ${secretHint}` },
    { name: 'frappe_mail_site', label: __('Site'), type: 'text', when: isFrappe },
    { name: 'api_key', label: __('Key'), type: 'text', required: true, when: isFrappe },
    { name: 'api_secret', label: __('Secret'), type: 'password', required: isNew, when: isFrappe, hint: secretHint },
    { name: 'enable_incoming', label: __('Turn mail into tickets'), type: 'check', when: mayReceive },
    { name: 'email_server', label: __('IMAP server'), type: 'text', required: true, when: (values) => isCustom(values) && receives(values) },
    { name: 'incoming_port', label: __('IMAP port'), type: 'number', when: (values) => isCustom(values) && receives(values) },
    { name: 'use_ssl', label: __('IMAP over SSL'), type: 'check', when: (values) => isCustom(values) && receives(values) },
    { name: 'default_incoming', label: __('Default for incoming mail'), type: 'check', when: receives, hint: __('There is one; switching it on here switches it off elsewhere.') },
    { name: 'enable_outgoing', label: __('Send replies'), type: 'check' },
    { name: 'smtp_server', label: __('SMTP server'), type: 'text', required: true, when: (values) => isCustom(values) && sends(values) },
    { name: 'smtp_port', label: __('SMTP port'), type: 'number', when: (values) => isCustom(values) && sends(values) },
    { name: 'use_tls', label: __('SMTP with TLS'), type: 'check', when: (values) => isCustom(values) && sends(values) },
    { name: 'default_outgoing', label: __('Default for outgoing mail'), type: 'check', when: sends, hint: __('Replies leave from here when their ticket came another way.') },
  ] // prettier-ignore
}
