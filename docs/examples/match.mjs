// One connection of one player, and the view of their match. Survives a refresh, a lost network, a restarted server.
import { io } from "socket.io-client";
import { fold, Gap } from "./view.mjs";

const inRoom = (view) => view !== null && view.members.some((member) => member.user_id === view.you.user_id);

export class MatchClient {
  view = null;
  #resuming = false;
  #held = [];

  /** `changed(view, event, body)` is called after every event, and after a whole view (then without the last two). */
  constructor(url, token, changed = () => {}) {
    this.changed = changed;
    this.socket = io(url, { auth: { token }, autoConnect: false });
    this.socket.on("connect", () => this.resume().catch(console.error));
    this.socket.onAny((event, body) => this.#receive(event, body));
  }

  /** Connect; resolves once the match, if there is one, is on the screen. Rejects with {code, message} when refused. */
  open() {
    return new Promise((resolve, reject) => {
      this.resumed = resolve;
      this.socket.on("connect_error", (error) => this.socket.active || reject(error.data)); // active: it tries again
      this.socket.connect();
    });
  }

  /** A request, sent again when the connection was lost before the answer came: the client_id makes that safe. */
  async ask(request, payload = {}) {
    const body = { client_id: crypto.randomUUID(), ...payload };
    for (;;) {
      try {
        const answer = await this.socket.emitWithAck(request, body); // waits while there is no connection
        if (!answer.ok) throw Object.assign(new Error(answer.message), answer);
        return answer;
      } catch (error) {
        if (error.code || !this.socket.active) throw error; // refused, or closed for good
      }
    }
  }

  async submit(language, code) {
    const answer = await this.ask("submit_code", { room: this.view.room, language, code });
    const drafts = { ...this.view.you.drafts, [language]: code };
    this.view = { ...this.view, you: { ...this.view.you, drafts, last_code: { language, code } } };
    return answer;
  }

  /** Catch up: events when some are known already, else the whole view. What arrives meanwhile is held back. */
  async resume() {
    if (this.#resuming) return;
    this.#resuming = true;
    try {
      const { view } = this;
      const running = view !== null && view.phase !== "finished";
      const mine = { room: view?.room, after: view?.version };
      let answer = await this.ask("resume", running ? mine : {});
      if (!answer.room && inRoom(view)) answer = await this.ask("resume", mine); // no match goes on: back to the room
      if (answer.view) {
        this.view = answer.view;
        this.changed(this.view);
      }
      const missed = (answer.events ?? []).map(({ event, ...body }) => [event, body]);
      this.#held.unshift(...missed);
    } finally {
      this.#resuming = false;
    }
    for (const [event, body] of this.#held.splice(0)) this.#receive(event, body);
    this.resumed?.();
  }

  #receive(event, body) {
    if (this.#resuming) return void this.#held.push([event, body]);
    try {
      const before = this.view;
      this.view = fold(this.view, event, body);
      if (this.view !== before) this.changed(this.view, event, body);
    } catch (error) {
      if (!(error instanceof Gap)) throw error;
      this.#held.push([event, body]);
      this.resume().catch(console.error);
    }
  }
}
