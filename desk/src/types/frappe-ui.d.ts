/**
 * The part of frappe-ui that we use, typed by us.
 *
 * The package ships its sources, which do not pass our strict settings; Vite compiles them, TypeScript reads this file
 * instead (see `paths` in tsconfig.json). A component that is not listed here cannot be imported.
 */
import type { Component, DefineComponent, Plugin } from 'vue'

type Theme = 'gray' | 'blue' | 'green' | 'red' | 'orange'
type Size = 'sm' | 'md' | 'lg' | 'xl' | '2xl'
type Variant = 'solid' | 'subtle' | 'outline' | 'ghost'

export interface ButtonProps {
  theme?: 'gray' | 'blue' | 'green' | 'red'
  size?: Size
  variant?: Variant
  label?: string
  icon?: string | Component
  iconLeft?: string | Component
  iconRight?: string | Component
  tooltip?: string
  loading?: boolean
  loadingText?: string
  disabled?: boolean
  route?: string | object
  link?: string
  type?: 'button' | 'submit' | 'reset'
}
export const Button: DefineComponent<ButtonProps>

export interface BadgeProps {
  label?: string
  theme?: Theme
  size?: 'sm' | 'md' | 'lg'
  variant?: Variant
}
export const Badge: DefineComponent<BadgeProps>

export interface AvatarProps {
  label?: string
  image?: string | null
  size?: 'xs' | 'sm' | 'md' | 'lg' | 'xl' | '2xl' | '3xl'
  shape?: 'circle' | 'square'
}
export const Avatar: DefineComponent<AvatarProps>

export interface DropdownItem {
  label: string
  icon?: string | Component
  onClick?: () => void
  route?: string | object
  condition?: () => boolean
  theme?: 'gray' | 'red'
  submenu?: DropdownOptions
}
export interface DropdownGroup {
  group: string
  items: DropdownItem[]
  hideLabel?: boolean
}
export type DropdownOptions = (DropdownItem | DropdownGroup)[]
export const Dropdown: DefineComponent<{
  options: DropdownOptions
  placement?: 'left' | 'right' | 'center'
  button?: ButtonProps
  side?: 'top' | 'right' | 'bottom' | 'left'
}>

export interface DialogAction {
  label: string
  variant?: Variant
  theme?: 'gray' | 'blue' | 'green' | 'red'
  disabled?: boolean
  onClick?: (context: { close: () => void }) => void | Promise<void>
}
export const Dialog: DefineComponent<{
  modelValue: boolean
  options?: {
    title?: string
    message?: string
    size?: string
    icon?: string | object
    position?: 'center' | 'top'
    actions?: DialogAction[]
  }
  disableOutsideClickToClose?: boolean
}>
export const Dialogs: DefineComponent<object>

export const FormControl: DefineComponent<{
  type?: string
  label?: string
  description?: string
  placeholder?: string
  modelValue?: string | number | boolean | null
  options?: (string | { label: string; value: string; disabled?: boolean })[]
  required?: boolean
  disabled?: boolean
  size?: Size
  variant?: Variant
}>
export const TextInput: DefineComponent<{
  type?: string
  modelValue?: string | number
  placeholder?: string
  size?: Size
  variant?: Variant
  disabled?: boolean
  id?: string
}>
export const Switch: DefineComponent<{
  modelValue?: boolean
  label?: string
  description?: string
  disabled?: boolean
}>
export const Checkbox: DefineComponent<{
  modelValue?: boolean | 0 | 1
  label?: string
  disabled?: boolean
}>
export const ErrorMessage: DefineComponent<{ message?: string | null }>
export const LoadingIndicator: DefineComponent<object>
export const Tooltip: DefineComponent<{
  text?: string
  placement?: 'top' | 'right' | 'bottom' | 'left'
  hoverDelay?: number
}>
export const Popover: DefineComponent<{
  placement?: string
  show?: boolean
  matchTargetWidth?: boolean
  bodyClasses?: string
}>

export interface EditorMention {
  id: string
  label: string
}
export interface EditorHandle {
  commands: {
    setContent: (html: string) => boolean
    focus: (position?: string) => boolean
    clearContent: () => boolean
    insertContent: (html: string) => boolean
    insertContentAt: (place: { from: number; to: number }, text: string) => boolean
  }
  unregisterPlugin: (name: string) => unknown
  state: { selection: { from: number } }
  isEmpty: boolean
  getHTML: () => string
}
export const TextEditor: DefineComponent<{
  content?: string
  placeholder?: string
  editable?: boolean
  autofocus?: boolean
  editorClass?: string | string[]
  fixedMenu?: boolean | string[]
  bubbleMenu?: boolean | string[]
  floatingMenu?: boolean | string[]
  mentions?: EditorMention[]
  starterkitOptions?: object
  uploadFunction?: (file: File) => Promise<{ file_url: string }>
  onChange?: (html: string) => void
}>

export const FrappeUIProvider: DefineComponent<object>
export const FrappeUI: Plugin
export const pageMetaPlugin: Plugin
export function usePageMeta(meta: () => { title?: string; icon?: string }): void

interface ToastOptions {
  duration?: number
  action?: { label: string; onClick: () => void }
}
export const toast: {
  success: (message: string, options?: ToastOptions) => void
  error: (message: string, options?: ToastOptions) => void
  warning: (message: string, options?: ToastOptions) => void
  info: (message: string, options?: ToastOptions) => void
  create: (options: ToastOptions & { message: string }) => void
}
export function confirmDialog(options: {
  title: string
  message: string
  onConfirm: (context: { hideDialog: () => void }) => void
}): void

export interface ChartClick {
  seriesIndex: number
  dataIndex: number
}
export const ECharts: DefineComponent<{ options: object; events?: { click: (event: ChartClick) => void }; class?: string }> // prettier-ignore
export function useAxisChartOptions(config: Record<string, unknown>): { yAxis: object | object[] }
