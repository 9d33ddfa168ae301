/** Every item of a listing, page after page. */
export async function* allPages<R extends { nextPageToken: string }, T>(
  fetchPage: (pageToken: string) => Promise<R>,
  itemsOf: (page: R) => readonly T[],
): AsyncGenerator<T> {
  let pageToken = '';
  do {
    const page = await fetchPage(pageToken);
    yield* itemsOf(page);
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
