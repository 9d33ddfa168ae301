import ReactMarkdown, { type Components } from 'react-markdown';
import gfm from 'remark-gfm';

// react-markdown makes no raw HTML and drops javascript: links. Images are shown as their text: nothing a model or a
// model card writes may call out.
const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  img: ({ alt }) => <em>{alt}</em>,
};
const plugins = [gfm];

/** Markdown from people or models, rendered without trusting it. Heavy: load it lazily. */
export default function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown remarkPlugins={plugins} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
