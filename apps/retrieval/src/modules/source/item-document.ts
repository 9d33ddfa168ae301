/** A document's place and name, from an item of a source. */
export interface ItemName {
  uri: string;
  displayName: string;
}

export function itemName(source: string, path: string, title: string): ItemName {
  const isUrl = /^https?:\/\//i.test(path);
  const last =
    path
      .replace(/[?#].*$/, '')
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? path;
  // A page's title says more than the end of its address; a file's name tells how it is to be read.
  return {
    uri: isUrl ? path.slice(0, 2_000) : `source:${source}/${path}`.slice(0, 2_000),
    displayName: ((isUrl && title) || last).slice(0, 500),
  };
}
