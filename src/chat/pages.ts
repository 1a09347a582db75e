// Lists that come page by page, and times in them.

/** What is not a page is the first. */
export const pageOf = (rest: string): number => (/^[1-9]\d{0,5}$/.test(rest) ? Number(rest) : 1);

/** UTC, to the minute. */
export const minuteOf = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
