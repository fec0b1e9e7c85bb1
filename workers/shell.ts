/**
 * What both workers are: a session, a mailbox and a pulse. Rejections inside a
 * worker reach nobody by themselves, so they are sent on; the pulse tells the
 * page that the thread still turns.
 */
import { detailOf, messageOf, type Host } from "../src/sessions/host.ts";

interface Failure {
  readonly type: "failed";
  readonly message: string;
  readonly detail: string;
  readonly fatal: boolean;
}

interface Alive {
  readonly type: "alive";
  readonly life?: string;
}

declare const self: DedicatedWorkerGlobalScope;

export function shell<Command, Event>(
  open: (host: Host<Event | Failure>) => { handle(command: Command): void },
): void {
  const post = (event: Event | Failure | Alive, transfer: readonly Transferable[] = []): void =>
    self.postMessage(event, [...transfer]);
  const fail = (error: unknown): void =>
    post({ type: "failed", message: messageOf(error), detail: detailOf(error), fatal: false });

  // A message to oneself queues behind those that wait already, and unlike a timer it is never clamped.
  const { port1, port2 } = new MessageChannel();
  const resting: (() => void)[] = [];
  port1.onmessage = () => resting.shift()?.();
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      resting.push(resolve);
      port2.postMessage(undefined);
    });

  const session = open({ post, rest, now: () => performance.now() });
  self.onmessage = (message: MessageEvent<Command>) => {
    try {
      session.handle(message.data);
    } catch (error) {
      fail(error);
    }
  };
  self.addEventListener("error", (event) => {
    event.preventDefault();
    fail(event.error ?? event.message);
  });
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    fail(event.reason);
  });
  setInterval(() => post({ type: "alive" }), 500);
  // Held until the thread is gone, however it goes and however busy it is: who asks for it next learns of that.
  // Locks and random names are for secure pages; on others the pulse alone must do.
  if (self.isSecureContext) {
    const life = crypto.randomUUID();
    void navigator.locks.request(life, () => {
      post({ type: "alive", life });
      return new Promise(() => {});
    });
  }
}
