#!/usr/bin/env python3
"""A program beside the desk: it imports texts, proposes candidates, waits for people, and checks what they print.

    CLAIMBENCH_MACHINE=cbm_... CLAIMBENCH_TOKEN=cbp_... python3 machine.py https://desk.example 2 a.txt b.txt

The first token is a machine's (import, propose, read what became of it), the second a person's own, to export:
a machine may not. Everything here is written from /openapi.json, and needs Python 3.9 and nothing else.
"""
import hashlib
import json
import os
import re
import sys
import time
import urllib.error
import urllib.request
import uuid

DESK, COLLECTION, FILES = sys.argv[1].rstrip("/"), sys.argv[2], sys.argv[3:]
MACHINE, PERSON = os.environ["CLAIMBENCH_MACHINE"], os.environ["CLAIMBENCH_TOKEN"]
IN = "/collections/" + COLLECTION


def ask(token, path, body=None, raw=False):
    """Sends one request, again under the same key while the server is busy or asks too fast are refused."""
    headers = {"Authorization": "Bearer " + token, "Accept": "application/json"}
    if body is not None:
        headers.update({"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())})
    data = None if body is None else json.dumps(body).encode()
    while True:
        try:
            with urllib.request.urlopen(urllib.request.Request(DESK + path, data, headers), timeout=60) as answer:
                return answer.read() if raw else json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            wait = refused.headers.get("Retry-After")
            if wait is None:
                sys.exit(f"{path}: {refused.code}: {json.loads(refused.read())['detail']}")
            time.sleep(int(wait))


def every(token, path):
    """Gives the items of a list, page by page."""
    after = ""
    while True:
        page = ask(token, path + (f"?after={after}" if after else ""))
        yield from page["items"]
        after = page.get("next")
        if not after:
            return


def extract(article):
    """The extractor from outside: whatever has a number in it is worth a look. A model would stand here."""
    text = article["text"]
    for s in article["sentences"]["items"]:
        quote = text[s["start"]:s["end"]].strip()
        if re.search(r"\d", quote):
            yield {"kind": "candidate", "article": article["id"], "revision": article["revision"], "sentence": s["n"],
                   "quote": quote, "statement": quote, "reasons": ["it has a number"]}


def propose(items):
    """Proposes a hundred at a time, and gives the numbers of the proposals that people will look at."""
    kept = []
    for i in range(0, len(items), 100):
        part = items[i:i + 100]
        answers = ask(MACHINE, IN + "/machine/proposals", {"model": "digits", "items": part})["items"]
        for item, answer in zip(part, answers):
            if answer["outcome"] == "refused":
                print(f"refused ({answer['why']}): {item['quote']}")
            elif answer["proposal"]:
                kept.append(answer["proposal"])
    return kept


def verified(export):
    """Whether the claims of an export are those that were frozen: one a line, with the SHA-256 of the lines."""
    lines = export.split(b"\n")
    head = json.loads(lines[0][len(b'{"claim_set":'):-1])
    claims = [line.rstrip(b",") for line in lines[2:] if line.startswith(b"{")]
    return head, claims, hashlib.sha256(b"".join(c + b"\n" for c in claims)).hexdigest() == head["sha256"]


items = []
for name in FILES:
    with open(name, encoding="utf-8") as file:
        made = ask(MACHINE, IN + "/machine/articles", {"text": file.read(), "title": os.path.basename(name)})
    if "article" not in made:
        sys.exit(f"{name} waits for a person, who takes it in or not")
    items += extract(ask(MACHINE, f"/machine/articles/{made['article']['id']}"))
mine = propose(items)
print(f"{len(FILES)} texts, {len(items)} sentences with numbers, {len(mine)} proposals", flush=True)
while any(p["became"] == "waiting" for p in every(MACHINE, IN + "/machine/proposals") if p["id"] in mine):
    time.sleep(float(os.environ.get("POLL", "30")))
print("people have decided on all of them", flush=True)
while not (frozen := [s for s in every(PERSON, IN + "/sets") if s["state"] == "frozen"]):
    time.sleep(float(os.environ.get("POLL", "30")))
head, claims, same = verified(ask(PERSON, f"/sets/{frozen[0]['id']}/export", {"format": "json"}, raw=True))
print(f"{len(claims)} claims printed in “{head['title']}”: " + ("as they were frozen" if same else "CHANGED"))
sys.exit(0 if same else 1)
