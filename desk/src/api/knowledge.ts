/** The knowledge base: for customers, and for those who write it. */
import { call, callDocument, upload } from './request'
import { deleteDocument, insertDocument, listDocuments, updateDocument } from './documents'
import type { Person, ServerDate } from '@/types/ticket'

const API = 'helpdesk.api.knowledge_base'
const ARTICLE = 'HD Article'

export interface Category {
  name: string
  category_name: string
  article_count: number
}
export interface ArticleCard {
  name: string
  title: string
  content: string
  published_on: ServerDate | null
  modified: ServerDate
  author: Person
}
export type Vote = 0 | 1 | 2
export interface Article {
  name: string
  title: string
  content: string
  status: 'Published' | 'Draft' | 'Archived'
  author: Person
  category_id: string
  category_name: string
  creation: ServerDate
  modified: ServerDate
  published_on: ServerDate | null
  feedback: Vote
}
/** An article and a category as those who write them see them. */
export interface ArticleLine {
  name: string
  title: string
  status: Article['status']
  category: string | null
  author: string | null
  modified: ServerDate
}
export interface Shelf {
  name: string
  category_name: string
}
/** What nobody has given a place comes after what has one, as on the pages of readers. */
const placed = (one: { idx: number }, other: { idx: number }) =>
  Number(one.idx < 1) - Number(other.idx < 1)
export async function listShelves(): Promise<{ shelves: Shelf[]; articles: ArticleLine[] }> {
  const [shelves, articles] = await Promise.all([
    listDocuments<Shelf>('HD Article Category', { fields: ['name', 'category_name'], orderBy: 'idx asc, category_name asc' }), // prettier-ignore
    listDocuments<ArticleLine & { idx: number }>(ARTICLE, { fields: ['name', 'title', 'status', 'category', 'author', 'modified', 'idx'], orderBy: 'idx asc, published_on desc' }), // prettier-ignore
  ])
  const lines: ArticleLine[] = articles.sort(placed)
  return { shelves, articles: lines }
}
export interface ArticleHit {
  id: string
  name: string
  subject: string
  headings: string
  description: string
}

export const listCategories = () => call<Category[]>(`${API}.get_categories`)
export const getCategoryTitle = (category: string) => call<string>(`${API}.get_category_title`, { category }) // prettier-ignore
export const listCategoryArticles = (category: string) =>
  call<ArticleCard[]>(`${API}.get_category_articles`, { category })
export const getArticle = (name: string) => call<Article>(`${API}.get_article`, { name })
export const countView = (article: string) => call<void>(`${API}.increment_views`, { article })
export const voteOnArticle = (name: string, value: Vote) =>
  callDocument<void>(ARTICLE, name, 'set_feedback', { value })
export const searchArticles = (query: string) => call<ArticleHit[]>('helpdesk.api.article.search', { query }) // prettier-ignore
export const getArticleStats = (article: string) =>
  call<{ views: number; likes: number; dislikes: number }>(
    'helpdesk.api.article.get_article_stats',
    {
      article_name: article,
    },
  )
/** A new category comes with its first draft article. */
export const createCategory = (title: string) =>
  call<{ article: string; category: string }>(`${API}.create_category`, { title })
export const moveArticles = (articles: string[], category: string) =>
  call<void>(`${API}.move_to_category`, { articles, category })
export const deleteArticles = (articles: string[]) => call<void>(`${API}.delete_articles`, { articles }) // prettier-ignore
export const mergeCategory = (source: string, target: string) =>
  call<void>(`${API}.merge_category`, { source, target })
export const orderCategories = (names: string[]) => call<void>(`${API}.order_categories`, { names }) // prettier-ignore
export const orderArticles = (names: string[]) => call<void>(`${API}.order_articles`, { names }) // prettier-ignore
export const renameCategory = (name: string, title: string) =>
  updateDocument<object>('HD Article Category', name, { category_name: title })
export const deleteCategory = (name: string) => deleteDocument('HD Article Category', name)
export const createArticle = (values: { title: string; content: string; category: string }) =>
  insertDocument<{ name: string }>(ARTICLE, { ...values, status: 'Draft' })
export const changeArticle = (name: string, values: object) =>
  updateDocument<object>(ARTICLE, name, values)
/** Pictures of articles are seen by everybody. */
export const uploadArticlePicture = (file: File) =>
  upload<{ file_url: string }>(file, { is_private: '0', folder: 'Home' })
