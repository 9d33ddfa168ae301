import { SearchSettings_Rerank as Rerank } from '@llmops/contracts/retrieval/v1/knowledge_base';
import { expect, test } from 'vitest';
import { emptySearchForm, searchRequest } from './search-form-state.ts';

const arms = ['lexical', 'minilm', 'e5'];

test('arms are named only when some are off', () => {
  expect(searchRequest('a', emptySearchForm, arms).arms).toEqual([]);
  expect(searchRequest('a', { ...emptySearchForm, armsOff: ['minilm'] }, arms).arms).toEqual(['lexical', 'e5']);
  // One that the chosen index does not have changes nothing.
  expect(searchRequest('a', { ...emptySearchForm, armsOff: ['gone'] }, arms).arms).toEqual([]);
});

test('a cross-encoder is chosen by its name', () => {
  expect(searchRequest('a', { ...emptySearchForm, rerank: 'bge' }, arms).settings).toMatchObject({
    rerank: Rerank.MODEL,
    rerankModel: 'bge',
  });
  expect(searchRequest('a', { ...emptySearchForm, rerank: Rerank.NONE }, arms).settings).not.toHaveProperty(
    'rerankModel',
  );
});

test('no diversity is not the most diverse', () => {
  expect(searchRequest('a', emptySearchForm, arms)).not.toHaveProperty('mmrLambda');
  expect(searchRequest('a', { ...emptySearchForm, mmrLambda: 0 }, arms)).toMatchObject({ mmrLambda: 0 });
});

test('principals are separated by commas; a filter that cannot be read is an error', () => {
  expect(searchRequest('a', { ...emptySearchForm, principals: 'user:ada, ,group:hr' }, arms).principals).toEqual([
    'user:ada',
    'group:hr',
  ]);
  expect(() => searchRequest('a', { ...emptySearchForm, filterMode: 'json', filterJson: '{' }, arms)).toThrow();
});
