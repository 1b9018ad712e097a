// News from other people.
//
// Contract: body[data-live] is the address of a server-sent event stream whose messages are JSON {"topic": "…"};
// body[data-topic] is the topic this page cares about. News never moves the page: #news counts the changes and
// offers a refresh (key r). One stream serves all tabs of a browser: the tab that holds the lock "claimbench.live"
// reads it and passes every message on by BroadcastChannel; when it closes, another tab takes over.

// The stream tells of a change up to a second after it was made; what arrives sooner is in the page already, and is
// mostly what this person did.
const lag = 1200;

interface News {
  topic: string;
}

export function startLive(doc: Document): void {
  const url = doc.body.dataset["live"];
  const topic = doc.body.dataset["topic"];
  if (!url || !topic || !("locks" in navigator)) return;
  let count = 0;
  const hear = (news: News) => {
    if (news.topic !== topic || performance.now() < lag) return;
    count += 1;
    tell(doc, count);
  };
  const channel = new BroadcastChannel("claimbench.live");
  channel.addEventListener("message", (event: MessageEvent<News>) => hear(event.data));
  const lead = new AbortController();
  void navigator.locks
    .request("claimbench.live", { signal: lead.signal }, () => read(url, hear, channel, lead.signal))
    .catch(() => undefined); // the page went away while it waited
  addEventListener("pagehide", () => lead.abort());
}

/** Reads the stream until the page goes away; EventSource reconnects by itself. */
function read(url: string, hear: (news: News) => void, channel: BroadcastChannel, gone: AbortSignal): Promise<void> {
  return new Promise(done => {
    const source = new EventSource(url);
    source.addEventListener("message", (event: MessageEvent<string>) => {
      const news = JSON.parse(event.data) as News;
      hear(news);
      channel.postMessage(news);
    });
    gone.addEventListener("abort", () => {
      source.close();
      done();
    });
  });
}

function tell(doc: Document, count: number): void {
  const place = doc.querySelector<HTMLElement>("#news");
  if (!place) return;
  const again = doc.createElement("a");
  again.href = anew(location.href);
  again.textContent = "Refresh";
  again.setAttribute("aria-keyshortcuts", "r");
  again.dataset["act"] = "refresh";
  doc.dispatchEvent(new CustomEvent("desk:news"));
  place.replaceChildren(`${count} ${count === 1 ? "change" : "changes"} since you opened this page. `, again);
}

/** The page as it would be opened now: a list that goes on in an order of before begins again in one of now. */
function anew(href: string): string {
  const url = new URL(href);
  if (url.searchParams.has("order")) {
    for (const name of ["order", "after", "back", "claim"]) url.searchParams.delete(name);
  }
  return url.href;
}
