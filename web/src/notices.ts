// Notices are read by opening what they lead to.
//
// Contract: a link with data-reads holds the name of a notice; when it is opened here, the server is told first that
// the notice is read, so that the number on the next page is right. On a page opened at a comment (#comment-NAME) the
// mention in it is read, from wherever somebody came. What cannot be told now is left unread; nothing waits for it.

import { modified } from "./held";

const patience = 1500; // ms that a link waits for the server

export function startNotices(doc: Document): void {
  doc.addEventListener("click", event => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-reads]") : null;
    const notice = link?.dataset["reads"];
    if (!link || !notice || event.defaultPrevented) return;
    const told = tell("/notices/read", { notice });
    if (modified(event)) return; // a new tab
    event.preventDefault();
    void told.finally(() => location.assign(link.href));
  });
  const look = () => {
    const comment = /^#comment-([\w-]+)$/.exec(location.hash)?.[1];
    if (comment && doc.getElementById(`comment-${comment}`)?.hasAttribute("data-told")) {
      void tell("/notices/read-mention", { comment }).then(done => {
        if (done === "mention_read") lower(doc);
      });
    }
  };
  window.addEventListener("hashchange", look);
  look();
}

/** One notice less in the number of those that are not read. */
function lower(doc: Document): void {
  const number = doc.querySelector("a.notices b");
  if (!number || !/^\d+$/.test(number.textContent)) return; // "99+" stays
  const left = Number(number.textContent) - 1;
  if (left > 0) number.textContent = String(left);
  else {
    number.nextElementSibling?.remove();
    number.remove();
  }
}

async function tell(url: string, fields: Record<string, string>): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json" },
      keepalive: true,
      signal: AbortSignal.timeout(patience),
    });
    return answer.ok ? ((await answer.json()) as { done?: string }).done : undefined;
  } catch {
    return undefined;
  }
}
