import type { LogAnalyticsSink, Sent } from '../../sinks/log-analytics/sink.ts';

/** What a sink that several share has sent since it was asked last: the shares add up to what it has sent. */
export function sharesOf(sink: Pick<LogAnalyticsSink, 'sent'>): () => Sent {
  let before = { rows: 0, setAside: 0 };
  return () => {
    const { rows, setAside, problem } = sink.sent();
    const share = { rows: rows - before.rows, setAside: setAside - before.setAside, problem };
    before = { rows, setAside };
    return share;
  };
}

/** All together, with the last problem there was. */
export function sumOfSent(shares: readonly Sent[]): Sent {
  return {
    rows: shares.reduce((sum, { rows }) => sum + rows, 0),
    setAside: shares.reduce((sum, { setAside }) => sum + setAside, 0),
    problem: shares.findLast(({ problem }) => problem !== null)?.problem ?? null,
  };
}
