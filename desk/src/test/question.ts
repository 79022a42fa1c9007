/** Answers what the desk asks before it goes on. */
import { expect, vi } from 'vitest'
import { useQuestion } from '@/composables/useQuestion'

const { question, reply } = useQuestion()

/** Wait for the question and answer it. */
export async function answerQuestion(isYes: boolean): Promise<void> {
  await vi.waitFor(() => expect(question.value).not.toBeNull())
  reply(isYes)
}
