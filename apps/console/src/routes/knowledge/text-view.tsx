import type { DocumentText } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { cx } from '@llmops/ui';
import { Fragment, useEffect, useRef } from 'react';
import { type ShownBlock, shownBlocks, tableRows } from './text-blocks.ts';
import { type TextRange, textSegments } from './text-segments.ts';

/** What is marked in a text: a passage, or the chunks it would be cut into. */
export interface TextMarks {
  kind: 'passage' | 'chunks';
  ranges: readonly TextRange[];
}

interface TextViewProps {
  text: DocumentText;
  marks: TextMarks;
}

/** The text that was read from a document, with its structure. Scrolls to the passage. */
export function TextView({ text, marks }: TextViewProps) {
  const root = useRef<HTMLDivElement>(null);
  const passage = marks.kind === 'passage' ? marks.ranges[0] : undefined;
  useEffect(() => {
    root.current?.querySelector('[data-highlight]')?.scrollIntoView({ block: 'center' });
  }, [text, passage?.start, passage?.end]);
  return (
    <div ref={root} className="mx-auto max-w-[76ch] px-4 py-5 text-base break-words sm:px-6">
      {shownBlocks(text).map((block, index, blocks) => (
        <Block key={block.start} block={block} since={blocks[index - 1]?.end ?? text.start} text={text} marks={marks} />
      ))}
    </div>
  );
}

interface BlockProps {
  block: ShownBlock;
  /** Where what is shown before it ends. */
  since: number;
  text: DocumentText;
  marks: TextMarks;
}

const headingLooks = ['text-xl mt-6', 'text-xl mt-6', 'text-lg mt-5', 'text-base mt-4'];

function Block({ block, since, text, marks }: BlockProps) {
  const content = <Marked since={since} from={block.start} to={block.end} text={text} marks={marks} />;
  switch (block.kind) {
    case 'heading': {
      const look = headingLooks[Math.min(block.level, headingLooks.length - 1)];
      return (
        // Not a heading of this page: its outline is not the document's.
        <p className={cx('mb-2 font-semibold tracking-tight first:mt-0', look)}>{content}</p>
      );
    }
    case 'list_item':
      return (
        <p
          className="my-1 whitespace-pre-line"
          style={{ paddingLeft: `${Math.max(block.level - 1, 0) * 1.25 + 0.75}rem` }}
        >
          {content}
        </p>
      );
    case 'code':
      return (
        <pre className="scroll-thin my-3 overflow-x-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs leading-5">
          {content}
        </pre>
      );
    case 'table':
      return <TableBlock block={block} since={since} text={text} marks={marks} />;
    case 'quote':
      return <p className="my-3 border-l-2 border-line-strong pl-3 whitespace-pre-line text-muted">{content}</p>;
    case 'caption':
      return <p className="my-2 text-sm whitespace-pre-line text-muted">{content}</p>;
    default:
      return <p className="my-3 whitespace-pre-line">{content}</p>;
  }
}

function TableBlock({ block, since, text, marks }: BlockProps) {
  const rows = tableRows(text.text.slice(block.start - text.start, block.end - text.start), block.start);
  if (!rows) {
    return (
      <p className="my-3 whitespace-pre-line">
        <Marked since={since} from={block.start} to={block.end} text={text} marks={marks} />
      </p>
    );
  }
  const before = new Map(rows.flat().map((cell, index, all) => [cell, all[index - 1]?.end ?? since]));
  return (
    <div className="scroll-thin my-3 overflow-x-auto">
      <table className="text-sm">
        <tbody>
          {rows.map((cells, row) => (
            <tr key={cells[0]?.start ?? row}>
              {cells.map((cell, column) => (
                <td
                  key={column}
                  className={cx(
                    'min-w-20 border border-line px-2 py-1 align-top whitespace-pre-line',
                    row === 0 && 'bg-sunken font-medium',
                  )}
                >
                  <Marked since={before.get(cell) ?? since} from={cell.start} to={cell.end} text={text} marks={marks} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface MarkedProps {
  /** Where what is shown before it ends: a chunk that begins between begins here. */
  since: number;
  from: number;
  to: number;
  text: DocumentText;
  marks: TextMarks;
}

/** A stretch of text with what is marked of it. */
function Marked({ since, from, to, text, marks: { kind, ranges } }: MarkedProps) {
  const segments = textSegments({ start: from, end: to }, ranges);
  return segments.map(({ start, end, ranges: covering }, index) => {
    const piece = text.text.slice(start - text.start, end - text.start);
    if (kind === 'chunks') {
      const after = index === 0 ? since : (segments[index - 1]?.start ?? since) + 1;
      const begun = covering.filter((at) => (ranges[at]?.start ?? -1) >= after);
      return <ChunkPiece key={start} piece={piece} covering={covering} begun={begun} />;
    }
    if (covering.length === 0) return <Fragment key={start}>{piece}</Fragment>;
    return (
      <mark
        key={start}
        data-highlight
        className="scroll-m-24 rounded-sm bg-warning-soft text-ink shadow-[0_0_0_2px_var(--warning-soft)]"
      >
        {piece}
      </mark>
    );
  });
}

interface ChunkPieceProps {
  piece: string;
  /** Of the chunks: those it is in, and those that begin with it. */
  covering: number[];
  begun: number[];
}

/** Neighbouring chunks differ in tint; what two of them repeat has a line below. Each begins with its number. */
function ChunkPiece({ piece, covering, begun }: ChunkPieceProps) {
  const last = covering.at(-1);
  return (
    <>
      {begun.map((index) => (
        <span
          key={index}
          data-chunk-start
          className="mr-1 inline-block rounded bg-accent px-1 align-[1px] text-2xs leading-4 font-medium text-surface tabular-nums select-none"
        >
          {index + 1}
        </span>
      ))}
      <span
        className={cx(
          last !== undefined && (last % 2 === 0 ? 'bg-accent-soft' : 'bg-success-soft'),
          covering.length > 1 && 'underline decoration-accent/60 decoration-dotted underline-offset-4',
        )}
      >
        {piece}
      </span>
    </>
  );
}
