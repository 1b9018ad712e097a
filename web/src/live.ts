// News from other people.
//
// Contract: body[data-live] is the address of a server-sent event stream whose messages are JSON {"topic": "…"};
// body[data-topic] is the topic this page cares about. News never moves the page: #news counts the changes and
// offers a refresh (key r); so it does where what waited of another page was sent from here (desk:sent). One stream
// serves all tabs of a browser: the tab that holds the lock "claimbench.live" reads it and passes every message on by
// BroadcastChannel; when it closes, another tab takes over.

// The stream tells of a change up to a second after it was made; what arrives sooner is in the page already, and is
// mostly what this person did.
const lag = 1200;

interface News {
  topic: string;
  object: string; // what changed; "" when much did at once
}

export function startLive(doc: Document): void {
  const url = doc.body.dataset["live"];
  const topic = doc.body.dataset["topic"];
  const changed = new Set<string>();
  doc.addEventListener("desk:sent", () => {
    changed.add("sent");
    tell(doc, changed.size);
  });
  if (!url || !topic || !("locks" in navigator)) return;
  const hear = (news: News) => {
    if (news.topic !== topic || performance.now() < lag) return;
    changed.add(news.object);
    tell(doc, changed.size);
  };
  // A list that was read anew has what changed before; one claim read beside it changes nothing.
  doc.addEventListener("htmx:after:swap", event => {
    const target = (event as CustomEvent<{ ctx?: { target?: unknown } }>).detail?.ctx?.target;
    if (target instanceof Element && target.id === "view") changed.clear();
  });
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
  again.href = anew(doc, location.href);
  again.textContent = "Refresh";
  again.setAttribute("aria-keyshortcuts", "r");
  again.dataset["act"] = "refresh";
  doc.dispatchEvent(new CustomEvent("desk:news"));
  place.replaceChildren(`${count} changed since you opened this list. `, again);
}

/**
 * The page as it would be opened now, with the claim that is looked at: a list that goes on in an order of before
 * begins again in one of now.
 */
function anew(doc: Document, href: string): string {
  const url = new URL(href);
  const shown = /^claim-([0-9]+)$/.exec(doc.querySelector("[id^=claim-]:not(#claim-h)")?.id ?? "")?.[1];
  if (shown && url.pathname.endsWith("/queue")) url.searchParams.set("claim", shown);
  if (url.searchParams.has("order")) {
    for (const name of ["order", "after", "back"]) url.searchParams.delete(name);
  }
  return url.href;
}
