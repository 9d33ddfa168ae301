interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Keeps the process until SIGTERM or SIGINT, then stops it; a stop that hangs is ended after 15 s. A signal before the
 * service has started ends the process at once: nothing is in flight, and as a container's first process it would
 * otherwise not be heard. A start that fails ends the process with its error.
 */
export function runUntilSignal(starting: Promise<Stoppable>): void {
  let service: Stoppable | undefined;
  let stopping = false;
  const stop = () => {
    // Ctrl-C reaches us from the terminal and from the supervisor.
    if (stopping) return;
    stopping = true;
    if (!service) process.exit(0);
    setTimeout(() => process.exit(1), 15_000).unref();
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  void starting.then((started) => {
    service = started;
  });
}
