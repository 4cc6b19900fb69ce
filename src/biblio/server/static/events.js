// The events of the desk, by one connection for all the tabs of a browser: a browser opens six to a host, no more.

/** Calls `heard` with each event: { kind, values }. */
export function listen(heard) {
  if (!("SharedWorker" in window)) {
    connect((event) => heard(event));
    return;
  }
  const worker = new SharedWorker("/static/events-worker.js", { type: "module", name: "biblio" });
  worker.port.onmessage = ({ data }) => heard(data);
  worker.port.start();
}

/** One connection, made again when it breaks; says that it is lost when the desk has gone.
 *
 * Where the desk has too many listeners already it says "full", and is not made again. */
export function connect(heard) {
  const source = new EventSource("/events");
  let failures = 0;
  for (const kind of ["hello", "changed", "pages", "work"]) {
    source.addEventListener(kind, (event) => {
      failures = 0;
      heard({ kind, values: JSON.parse(event.data) });
    });
  }
  source.onerror = () => {
    failures += 1;
    if (failures === 2) heard({ kind: "lost", values: {} });
    if (source.readyState !== EventSource.CLOSED) return;
    const again = () => setTimeout(() => connect(heard), 2000);
    fetch("/events", { method: "HEAD" }).then(({ status }) => (status === 204 ? heard({ kind: "full", values: {} }) : again()), again);
  };
}
