/** Files that belong to the help desk rather than to a ticket. */
import { upload } from './request'

/** Store a picture that everybody may see, such as a logo; its address. */
export async function uploadImage(file: File): Promise<string> {
  return (await upload<{ file_url: string }>(file, { is_private: '0', folder: 'Home' })).file_url
}
