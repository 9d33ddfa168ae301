import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { UpstreamBody } from './upstream-body.ts';
import { toUpstreamError, UpstreamError } from './upstream-error.ts';

export interface UpstreamResponse {
  status: number;
  /** Names in lower case. */
  headers: IncomingHttpHeaders;
  body: UpstreamBody;
}

/**
 * One request's life on undici's dispatch API: no Readable, no AsyncResource, so a call costs a promise and a few
 * callbacks. `answer` settles with the headers, of any status.
 */
export class UpstreamExchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<UpstreamResponse>;
  readonly #signal: AbortSignal | undefined;
  #resolve!: (response: UpstreamResponse) => void;
  #reject!: (error: UpstreamError) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #body: UpstreamBody | undefined;
  #cancelled: UpstreamError | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    if (signal?.aborted) this.#onAbort();
    else signal?.addEventListener('abort', this.#onAbort);
  }

  get cancelled(): boolean {
    return this.#cancelled !== undefined;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // The caller left while the request waited for a connection: nothing has been written yet.
    if (this.#cancelled !== undefined) controller.abort(this.#cancelled);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#body = new UpstreamBody(controller);
    this.#resolve({ status, headers, body: this.#body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.accept(chunk);
  }

  onResponseEnd(): void {
    this.#end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end(this.#cancelled ?? toUpstreamError(error, this.#controller !== undefined));
  }

  #end(error?: UpstreamError): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    if (this.#body !== undefined) this.#body.finish(error);
    else this.#reject(error ?? new UpstreamError('protocol', 'The upstream closed without an answer.'));
  }

  readonly #onAbort = (): void => {
    this.#cancelled = new UpstreamError('aborted', 'The request was cancelled.', { cause: this.#signal?.reason });
    if (this.#controller === undefined) this.#end(this.#cancelled);
    else this.#controller.abort(this.#cancelled);
  };
}
