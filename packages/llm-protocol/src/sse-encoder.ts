/** The frame that ends every OpenAI stream. */
export const SSE_DONE = 'data: [DONE]\n\n';

/** A frame with only data. JSON text has no line breaks, so the common case is one concatenation. */
export function encodeSseData(data: string): string {
  return `${dataLines(data)}\n`;
}

/** A frame with a name and an id. Line breaks in either would forge fields, so they are dropped. */
export function encodeSseEvent(event: { data: string; event?: string; id?: string; retryMs?: number }): string {
  let frame = '';
  if (event.event !== undefined) frame += `event: ${oneLine(event.event)}\n`;
  if (event.id !== undefined) frame += `id: ${oneLine(event.id)}\n`;
  if (event.retryMs !== undefined) frame += `retry: ${Math.max(0, Math.round(event.retryMs))}\n`;
  return `${frame}${dataLines(event.data)}\n`;
}

/** A comment: keeps proxies from closing a quiet stream; clients ignore it. */
export function encodeSseComment(text: string): string {
  return `: ${oneLine(text)}\n\n`;
}

function dataLines(data: string): string {
  if (!data.includes('\n') && !data.includes('\r')) return `data: ${data}\n`;
  return data
    .split(/\r\n|\r|\n/)
    .map((line) => `data: ${line}\n`)
    .join('');
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, '');
}
