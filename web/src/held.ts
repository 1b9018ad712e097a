// Keys pressed while a part of the page loads.
//
// Contract: while htmx brings another content for #view, a key press is held; when it has come, the keys held are given
// on in their order, each when what the one before it asked for has come. What fails, or is refused, ends them: they
// were meant for another page.

/** What is read of an event of htmx. */
interface Asked {
  ctx?: { target?: unknown; response?: { status?: number } };
}

const mostHeld = 200;

export class Held {
  private loading = 0;
  private keys: string[] = [];

  /** give does what a key asks. */
  constructor(
    doc: Document,
    private readonly give: (key: string) => void,
  ) {
    doc.addEventListener("htmx:before:request", event => {
      if (ofView(event)) this.loading += 1;
    });
    doc.addEventListener("htmx:finally:request", event => {
      if (!ofView(event)) return;
      this.loading = Math.max(0, this.loading - 1);
      const status = (event as CustomEvent<Asked>).detail.ctx?.response?.status ?? 0;
      if (status === 0 || status >= 400) this.keys = [];
      this.next();
    });
  }

  /** Whether a key is held: something loads, or others wait before it. */
  take(key: string): boolean {
    if (this.loading === 0 && this.keys.length === 0) return false;
    if (this.keys.length < mostHeld) this.keys.push(key);
    return true;
  }

  /** Gives the next key on, once htmx is done with the request that ended. */
  private next(): void {
    setTimeout(() => {
      if (this.loading > 0) return;
      const key = this.keys[0];
      if (key === undefined) return;
      this.give(key);
      this.keys.shift();
      this.next();
    }, 0);
  }
}

function ofView(event: Event): boolean {
  const target = (event as CustomEvent<Asked>).detail.ctx?.target;
  return target instanceof Element && target.id === "view";
}
