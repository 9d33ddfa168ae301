import type { RawBlock, RawDocument } from './assemble-document.ts';

const bullet = /^(\s*)([-*•‣·–]|\d{1,3}[.)]|\(?[a-z]\))\s+\S/;

/** Text without markup: paragraphs between empty lines, and the lists and rules that people type by hand. */
export function readPlainText(text: string): RawDocument {
  const blocks: RawBlock[] = [];
  for (const lines of paragraphs(text)) {
    const heading = underlined(lines);
    if (heading) {
      blocks.push(heading);
      lines.splice(0, 2);
    }
    if (lines.length === 0) continue;
    const isList = lines.every((line, at) => bullet.test(line) || (at > 0 && /^\s/.test(line)));
    const read: RawBlock[] = isList ? listItems(lines) : [{ kind: 'paragraph', text: lines.join('\n') }];
    // One by one: a call takes no hundred thousand arguments.
    for (const block of read) blocks.push(block);
  }
  const title = blocks[0]?.kind === 'heading' ? blocks[0].text : undefined;
  return { ...(title !== undefined && { title }), metadata: {}, blocks, pages: [], warnings: [] };
}

/** Line by line: an expression over the whole text can be made to take for ever. */
function paragraphs(text: string): string[][] {
  const found: string[][] = [];
  let open = false;
  for (const line of text.split(/\r\n?|\n/)) {
    if (line.trim() === '') open = false;
    else if (open) found.at(-1)!.push(line);
    else {
      found.push([line]);
      open = true;
    }
  }
  return found;
}

function underlined(lines: string[]): RawBlock | undefined {
  const [first, second] = lines;
  if (!first || !second || first.length > 120) return undefined;
  if (/^={3,}\s*$/.test(second)) return { kind: 'heading', level: 1, text: first.trim() };
  return /^-{3,}\s*$/.test(second) ? { kind: 'heading', level: 2, text: first.trim() } : undefined;
}

function listItems(lines: string[]): RawBlock[] {
  const items: RawBlock[] = [];
  for (const line of lines) {
    const indent = bullet.exec(line)?.[1];
    if (indent !== undefined)
      items.push({ kind: 'list_item', level: 1 + Math.min(5, indent.length >> 1), text: line.trim() });
    else items.at(-1)!.text += `\n${line.trim()}`;
  }
  return items;
}

/** Source code and configuration: pieces between empty lines, blanks kept. */
export function readCode(text: string): RawDocument {
  const parts = text.replace(/\r\n?/g, '\n').split(/\n(?:[ \t]*\n)+/);
  const blocks = parts.map((part): RawBlock => ({ kind: 'code', text: part.replace(/^\n+/, '') }));
  return { metadata: {}, blocks, pages: [], warnings: [] };
}
