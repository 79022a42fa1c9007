import { onScopeDispose } from 'vue'
import { useLayout, type Command } from '@/stores/layout'

/** Offer commands in the palette for as long as the page lives. */
export function useCommands(source: () => Command[]): void {
  onScopeDispose(useLayout().offer(source))
}
