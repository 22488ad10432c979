// The view of a match, built from its events. Pure: a reducer for React's useReducer, Redux or anything else.

/** The view after one more event. Throws a Gap when events are missing before it. */
export function fold(view, event, body) {
  const known = view !== null && view.room === body.room;
  if (known && body.version <= view.version) return view; // had it already
  if (event === "match_found") return body.view; // the first event brings the first view
  if (!known) return view; // of another match
  if (body.version > view.version + 1) throw new Gap(view.version, body.version);
  return { ...view, version: body.version, ...changes(view, event, body) };
}

export class Gap extends Error {
  constructor(have, got) {
    super(`had event ${have}, got event ${got}`);
  }
}

function changes(view, event, body) {
  const everybody = (change) => ({ players: view.players.map((player) => ({ ...player, ...change(player) })) });
  const player = (change) => everybody((it) => (it.user_id === body.user_id ? change(it) : {}));
  switch (event) {
    case "match_started":
      return { phase: "playing" };
    case "round_started": {
      const { round: number, of, problem, started_at, ends_at } = body;
      const fresh = everybody(() => ({ submissions: 0, best_passed: 0, total: body.tests }));
      return { ...fresh, round: { number, of, problem, started_at, ends_at } };
    }
    case "submission_received":
      return player((it) => ({ submissions: it.submissions + 1 }));
    case "submission_judged":
      return player((it) => ({ best_passed: Math.max(it.best_passed, body.passed) }));
    case "player_gone":
      return player(() => ({ connected: false, claim_at: body.claim_at }));
    case "player_back":
      return player(() => ({ connected: true, claim_at: null }));
    case "player_resigned":
      return player(() => ({ resigned: true }));
    case "round_finished":
      return everybody((it) => ({ rounds_won: it.rounds_won + (it.user_id === body.winner_id ? 1 : 0) }));
    case "match_finished":
      return { phase: "finished", outcome: body.outcome };
    default:
      return {}; // an event of a later server: its number counts, its content is not ours to know
  }
}
