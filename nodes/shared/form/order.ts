/** The alphabetical order of n8n's lists, numbers by value. One collator, because making one for each comparison is slow. */
export const inOrder = new Intl.Collator('en', { numeric: true }).compare;
