/** What a page reads line by line, as JSON, while an example runs. */
export type Line = { kind: 'stdout' | 'stderr'; text: string } | End

/** How it ended: by itself, or because of its time, the length of its output, or a reader who left. */
export type End = { kind: 'end'; why: 'exit' | 'time' | 'output' | 'stop'; code: number | null }
