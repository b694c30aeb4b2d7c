/** Who screens. */
export const customsOnly = ['customs'] as const
