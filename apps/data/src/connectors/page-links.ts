import { Parser } from 'htmlparser2';
import { maxDepth, parseInPieces } from './parse-in-pieces.ts';

export interface PageLinks {
  title: string;
  /** Of `<base href>`. */
  base: string | undefined;
  links: string[];
  /** As the page's robots meta tag asks. */
  noIndex: boolean;
  noFollow: boolean;
}

const maxLinks = 50_000;

/** What a crawler reads of an HTML page, whatever state its markup is in; of one without measure its beginning. */
export function linksOf(html: Buffer): PageLinks {
  const page: PageLinks = { title: '', base: undefined, links: [], noIndex: false, noFollow: false };
  let inTitle = false;
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      depth += 1;
      if (name === 'title') inTitle = true;
      else if (name === 'base') page.base ??= attributes['href'];
      else if (name === 'meta') readMeta(page, attributes);
      else if ((name === 'a' || name === 'area') && attributes['href'] && !isNoFollow(attributes['rel'])) {
        page.links.push(attributes['href'].trim());
      }
    },
    ontext(text) {
      if (inTitle && page.title.length < 500) page.title += text;
    },
    onclosetag(name) {
      depth -= 1;
      if (name === 'title') inTitle = false;
    },
  });
  // Links and tags are ASCII in every encoding a page comes in but UTF-16, which browsers refuse without a mark too.
  parseInPieces(parser, html.toString('utf8'), () => depth <= maxDepth && page.links.length < maxLinks);
  page.links.splice(maxLinks);
  page.title = page.title.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
  return page;
}

const isNoFollow = (rel: string | undefined): boolean => rel?.toLowerCase().split(/\s+/).includes('nofollow') ?? false;

function readMeta(page: PageLinks, { name, content = '' }: Record<string, string>): void {
  if (name?.toLowerCase() !== 'robots') return;
  const words = content.toLowerCase().split(/[\s,]+/);
  page.noIndex ||= words.includes('noindex') || words.includes('none');
  page.noFollow ||= words.includes('nofollow') || words.includes('none');
}
