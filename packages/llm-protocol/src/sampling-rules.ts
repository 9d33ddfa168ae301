import {
  checkBoolean,
  checkInteger,
  checkNumber,
  checkString,
  type Fields,
  isObject,
  refuse,
  refuseUse,
  refuseValue,
} from './request-field.ts';

// OpenAI allows 4; local engines allow more, and a request that ran there should run here.
const MAX_STOPS = 16;

/** The fields that chat and text completions share. */
export function checkSampling(fields: Fields): void {
  checkBoolean(fields, 'stream');
  checkStreamOptions(fields);
  checkNumber(fields, 'temperature', 0, 2);
  checkNumber(fields, 'top_p', 0, 1);
  checkInteger(fields, 'n', 1, 128);
  checkNumber(fields, 'presence_penalty', -2, 2);
  checkNumber(fields, 'frequency_penalty', -2, 2);
  checkInteger(fields, 'seed', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  checkString(fields, 'user');
  checkStop(fields['stop']);
  checkLogitBias(fields['logit_bias']);
}

function checkStreamOptions(fields: Fields): void {
  const options = fields['stream_options'];
  if (options === undefined || options === null) return;
  if (!isObject(options)) refuse('stream_options', 'an object', options);
  const includeUsage = options['include_usage'];
  if (includeUsage !== undefined && includeUsage !== null && typeof includeUsage !== 'boolean') {
    refuse('stream_options.include_usage', 'true or false', includeUsage);
  }
  if (fields['stream'] !== true) refuseUse('stream_options', 'only allowed beside "stream": true');
}

function checkStop(stop: unknown): void {
  if (stop === undefined || stop === null || typeof stop === 'string') return;
  if (!Array.isArray(stop)) refuse('stop', `a string or an array of at most ${MAX_STOPS} strings`, stop);
  if (stop.length > MAX_STOPS) refuseValue('stop', `at most ${MAX_STOPS} strings`, stop.length);
  for (let i = 0; i < stop.length; i++) if (typeof stop[i] !== 'string') refuse(`stop[${i}]`, 'a string', stop[i]);
}

function checkLogitBias(bias: unknown): void {
  if (bias === undefined || bias === null) return;
  if (!isObject(bias)) refuse('logit_bias', 'an object of token ids and numbers', bias);
  for (const token in bias) {
    const value = bias[token];
    const param = 'logit_bias';
    if (!/^\d{1,10}$/.test(token)) refuseValue(param, 'keys that are token ids', token);
    if (typeof value !== 'number') refuse(param, 'values that are numbers from -100 to 100', value);
    if (!(value >= -100 && value <= 100)) refuseValue(param, 'values from -100 to 100', value);
  }
}
