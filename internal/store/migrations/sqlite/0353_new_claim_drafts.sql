-- +goose Up
-- What a person has typed as a new claim of an article and not sent, as form_drafts of a claim's forms: read by them only,
-- no statement, and so without an event. began are the words with which it was begun: 120-160.
CREATE TABLE new_claim_drafts (
    user_id    INTEGER NOT NULL REFERENCES users (id),
    article_id INTEGER NOT NULL REFERENCES articles (id),
    began      TEXT NOT NULL,
    version    INTEGER NOT NULL, -- grows with each saving; a tab says on which it builds
    fields     TEXT NOT NULL,    -- a JSON object: a field's name, and what stands there
    saved_at   INTEGER NOT NULL,
    sent_at    INTEGER,          -- when the form was sent; NULL: it was not since
    lost_at    INTEGER,          -- since when the person may not send it; NULL: they may
    PRIMARY KEY (user_id, article_id, began)
);
CREATE INDEX new_claim_drafts_article ON new_claim_drafts (article_id);
