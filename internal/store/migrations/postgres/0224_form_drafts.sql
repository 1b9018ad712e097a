-- +goose Up
-- What a person has typed in a form of a claim and not sent, apart from reviews (review_drafts): read by them only, no
-- statement, and so without an event. A form that was sent leaves an empty row for a day, so that a saving that was
-- on its way does not bring back what was sent.
CREATE TABLE form_drafts (
    user_id  BIGINT NOT NULL REFERENCES users (id),
    claim_id BIGINT NOT NULL REFERENCES claims (id),
    form     TEXT NOT NULL CHECK (form IN ('adjudication', 'approval', 'comment', 'edit')),
    version  BIGINT NOT NULL, -- grows with each saving; a tab says on which it builds
    fields   TEXT NOT NULL,    -- a JSON object: a field's name, and what stands there
    saved_at BIGINT NOT NULL,
    sent_at  BIGINT,           -- when the form was sent; NULL: it was not since
    lost_at  BIGINT,           -- since when the person may not send it; NULL: they may
    PRIMARY KEY (user_id, claim_id, form)
);
CREATE INDEX form_drafts_claim ON form_drafts (claim_id);
