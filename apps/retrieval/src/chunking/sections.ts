import type { Block, ParsedDocument } from '../parsing/index.ts';

/** A heading with what stands under it, up to the next heading of any level. */
export interface Section {
  headingPath: string[];
  /** The heading itself first, where there is one. */
  blocks: Block[];
}

export function sectionsOf({ text, blocks }: ParsedDocument): Section[] {
  const sections: Section[] = [];
  const open: { level: number; title: string }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const level = block.level ?? 1;
      while (open.length > 0 && open.at(-1)!.level >= level) open.pop();
      open.push({ level, title: text.slice(block.start, block.end).replace(/\s+/g, ' ') });
      const headingPath = open.map(({ title }) => title);
      const before = sections.at(-1);
      // A heading right below a heading opens one section with it: alone it would say nothing.
      const bare =
        before?.blocks.every(({ kind }) => kind === 'heading') && headingPath.length > before.headingPath.length;
      sections.push({ headingPath, blocks: bare ? [...sections.pop()!.blocks, block] : [block] });
    } else if (sections.length === 0) sections.push({ headingPath: [], blocks: [block] });
    else sections.at(-1)!.blocks.push(block);
  }
  return sections;
}

/** How many headings two paths have in common. */
export function commonDepth(a: readonly string[], b: readonly string[]): number {
  let depth = 0;
  while (depth < a.length && depth < b.length && a[depth] === b[depth]) depth += 1;
  return depth;
}
