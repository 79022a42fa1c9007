/** More records than these are not changed by a slip of the hand, and are the server's work. */
export const MANY = 50
