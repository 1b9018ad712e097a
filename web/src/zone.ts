// Tells the server in which time zone the browser is, by a cookie, for pages that count by day or tell a story. What a
// person chose in their settings comes before it. No markup.
export function startZone(doc: Document): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone || doc.cookie.split("; ").includes(`browser=${zone}`)) return;
  const secure = location.protocol === "https:" ? "; secure" : "";
  doc.cookie = `browser=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
}
