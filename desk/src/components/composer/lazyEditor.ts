/** The editor, fetched when somebody begins to write; its room is kept meanwhile, so that nothing jumps when it comes. */
import { defineAsyncComponent, h } from 'vue'

export const fetchEditor = () => import('./RichEditor.vue')
/** As high as toolbar and empty text. */
const Room = () => h('div', { class: 'min-h-[9.25rem]', 'aria-busy': 'true' })
export const lazyEditor = () => defineAsyncComponent({ loader: fetchEditor, loadingComponent: Room, delay: 0 }) // prettier-ignore
