/** What stands below the form of some records: it shows what the values mean, or helps to fill them in. */
import type { Component } from 'vue'
import HolidayYear from './HolidayYear.vue'
import ReplyPreview from './ReplyPreview.vue'
import RuleTrial from './RuleTrial.vue'
import SlaExample from './SlaExample.vue'

export const COMPANIONS: Record<string, Component> = {
  'HD Service Holiday List': HolidayYear,
  'HD Service Level Agreement': SlaExample,
  'HD Saved Reply': ReplyPreview,
  'Assignment Rule': RuleTrial,
}
