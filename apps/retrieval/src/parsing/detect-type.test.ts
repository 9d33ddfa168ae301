import { describe, expect, test } from 'vitest';
import { binaryKind, textKind } from './detect-type.ts';

describe('binaryKind', () => {
  test.each([
    ['%PDF-1.7\n…', 'pdf'],
    ['\n  %PDF-1.4', 'pdf'],
    ['junk of a printer\n%PDF-1.4\n1 0 obj', 'pdf'],
    ['{\\rtf1 text}', 'rtf'],
    ['PK\u0003\u0004…', 'zip'],
    ['# A text about the mark %PDF-1.4', undefined],
    ['<p>%PDF-1.4 1 0 obj</p>', undefined],
  ])('%j is %s', (head, kind) => {
    expect(binaryKind(Buffer.from(head, 'latin1'))).toBe(kind);
  });

  test('a picture named like a page is still a picture', () => {
    expect(() => binaryKind(Buffer.from('GIF89a<html><script>'))).toThrow('The file is a picture.');
  });

  test.each(['1f8b08', '7f454c46', '504152310000', '4f676753'])('%s is refused by name', (hex) => {
    expect(() => binaryKind(Buffer.from(hex, 'hex'))).toThrow('Only documents with text are read.');
  });
});

describe('textKind', () => {
  const mail = 'Received: by x\nFrom: a@example.org\nTo: b@example.org\nSubject: hi\n\nText';
  test.each([
    ['<!DOCTYPE html><html>', 'x.txt', undefined, 'html'],
    ['<!-- saved --><html>', 'x', undefined, 'html'],
    ['<?xml version="1.0"?><html xmlns="…">', 'x.xml', undefined, 'html'],
    ['<?xml version="1.0"?><data/>', 'x.md', undefined, 'xml'],
    ['WEBVTT\n\n00:01', 'x.txt', undefined, 'vtt'],
    ['About WEBVTT', 'x.vtt', undefined, 'text'],
    [mail, 'no-name', undefined, 'eml'],
    [mail, 'x.md', undefined, 'md'],
    ['From: nobody', 'x.eml', undefined, 'text'],
    ['# Title', 'x.MD', undefined, 'md'],
    ['# Title', 'x', 'text/markdown; charset=utf-8', 'md'],
    ['= Title', 'x.adoc', undefined, 'asciidoc'],
    ['a,b', 'x.csv', undefined, 'csv'],
    ['a,b', 'x', 'text/csv', 'csv'],
    ['def f():', 'x.py', undefined, 'code'],
    ['Just text', 'x.unknown', 'application/octet-stream', 'text'],
  ])('%j named %s of type %s is %s', (text, name, type, kind) => {
    expect(textKind(text, name, type)).toBe(kind);
  });
});

test('a page of nothing but comments is judged at once', () => {
  expect(textKind(`${'<!---->'.repeat(600)}<x`, 'x', undefined)).toBe('text');
});
